using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Cli.Printing;

/// <summary>A user as it is printed.</summary>
internal static class ProfileLine
{
    public static readonly string[] Headings = ["User", "Name", "Presence", "About"];

    public static Line Of(Profile profile, bool forTerminal) => new(
        () => JsonLine.Of(profile, ChatJson.Default.Profile),
        $"@{profile.UserName}", profile.DisplayName, Presence(profile.Presence, profile.LastSeen, forTerminal), profile.About ?? "");

    public static Line Of(Member member, bool forTerminal) => new(
        () => JsonLine.Of(member, ChatJson.Default.Member),
        $"@{member.Person.UserName}", member.Person.DisplayName, Presence(member.Presence, member.LastSeen, forTerminal), member.Role == Role.Owner ? "owner" : "");

    private static string Presence(Presence presence, DateTimeOffset? lastSeen, bool forTerminal) => presence switch
    {
        Contracts.Presence.Online => "online",
        Contracts.Presence.Away => "away",
        _ => lastSeen is { } seen ? $"offline since {EntryLine.Time(seen, forTerminal)}" : "offline",
    };
}
