using System.Text.RegularExpressions;
using Chat.Contracts;

namespace Chat.Cli.Names;

/// <summary>Who is named in a text: <c>@bob</c> where a word begins. Who is not a member is passed over by the server.</summary>
internal static partial class Mentioned
{
    public static IReadOnlyList<string>? In(string text) =>
        !text.Contains('@', StringComparison.Ordinal) ? null
        : [.. Names().Matches(text).Select(match => match.Groups[1].Value.ToLowerInvariant()).Distinct().Take(Limits.Mentions)];

    // A full stop, dot or hyphen at the end belongs to the sentence.
    [GeneratedRegex(@"(?<![\w@.])@([a-zA-Z0-9][a-zA-Z0-9._-]{0,30}[a-zA-Z0-9])")]
    private static partial Regex Names();
}
