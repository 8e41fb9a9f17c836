using System.Globalization;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Cli.Printing;

/// <summary>An entry of a conversation as it is printed: seq, time, author and what happened.</summary>
internal static class EntryLine
{
    /// <param name="before">What else the JSON tells, before the entry's own fields.</param>
    public static Line Of(ConversationId conversation, Entry entry, bool forTerminal, params (string Name, string? Value)[] before) => new(
        () => JsonLine.Of(entry, ChatJson.Default.Entry, [.. before, ("conversation", conversation.Value)]),
        entry.Seq.ToString(CultureInfo.InvariantCulture), Time(entry.SentAt, forTerminal), entry.Author.UserName, Text(entry));

    /// <summary>What happened, as people read it; not yet safe to show.</summary>
    public static string Text(Entry entry) => entry switch
    {
        Message { Deleted: true } => "(deleted)",
        Message message => message.Text ?? "",
        Edited edited => $"* edited {edited.Target}: {edited.Text ?? "(deleted)"}",
        Deleted deleted => $"* deleted {deleted.Target}",
        Reacted reacted => $"* reacted to {reacted.Target} with {reacted.Emoji}",
        Unreacted unreacted => $"* took back {unreacted.Emoji} from {unreacted.Target}",
        Started started => $"* started this conversation with {Names(started.Members.Where(member => member.User != started.Author.User))}",
        Joined joined when joined.Member.User == joined.Author.User => "* joined",
        Joined joined => $"* brought in @{joined.Member.UserName}",
        Left => "* left",
        Removed removed => $"* removed @{removed.Member.UserName}",
        RoleChanged changed => $"* made @{changed.Member.UserName} {(changed.Role == Role.Owner ? "an owner" : "a member")}",
        Renamed renamed => renamed.Title is { } title ? $"* called it {title}" : "* took the title away",
        _ => "* did something that this program does not know",
    };

    /// <summary>For people their own clock; for programs, UTC.</summary>
    public static string Time(DateTimeOffset at, bool forTerminal)
    {
        if (!forTerminal) return at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var here = at.ToLocalTime();
        return here.ToString(here.Date == DateTimeOffset.Now.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Names(IEnumerable<Person> people) => string.Join(", ", people.Select(person => $"@{person.UserName}")) is { Length: > 0 } names ? names : "nobody else yet";
}
