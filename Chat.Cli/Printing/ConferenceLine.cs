using System.Globalization;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Cli.Printing;

/// <summary>What became of a conference, as it is printed.</summary>
internal static class ConferenceLine
{
    public static Line Of(OpenConference open) => new(
        () => JsonLine.Of(open, ChatJson.Default.OpenConference),
        $"#{open.Name}", open.Title ?? "", open.MemberCount.ToString(CultureInfo.InvariantCulture), open.Joined ? "joined" : "");

    /// <summary>One to which people were invited; a command prints its target, and what came of each invitation on the standard error output.</summary>
    public static Line Of(ConferenceStarted started, string target) => new(() => JsonLine.Of(started, ChatJson.Default.ConferenceStarted, ("target", target)), target);
}
