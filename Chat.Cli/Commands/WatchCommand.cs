using System.CommandLine;
using System.Threading.Channels;
using Chat.Cli.Calls;
using Chat.Cli.Names;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Cli.Commands;

internal static class WatchCommand
{
    public static Command New()
    {
        Command watch = new("watch", "Prints what happens in all your conversations, who comes and who goes, until it is ended.");
        watch.SetAction(Visit.Watch(Run));
        return watch;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        var happened = Channel.CreateUnbounded<Line>(new() { SingleReader = true });
        Dictionary<ConversationId, string> names = [];
        var forTerminal = visit.Output.IsTerminal;
        using var entries = visit.Chat.OnEntry(async (conversation, entry) =>
        {
            var name = await Name(conversation);
            happened.Writer.TryWrite(new(
                EntryLine.Of(conversation.Id, entry, forTerminal, ("event", "entry"), ("target", name)).Json,
                EntryLine.Time(entry.SentAt, forTerminal), name, entry.Author.UserName, EntryLine.Text(entry)));
        });
        using var presence = visit.Chat.OnPresence(notice => happened.Writer.TryWrite(new(
            () => JsonLine.Of(notice, ChatJson.Default.PresenceNotice, ("event", "presence")),
            EntryLine.Time(DateTimeOffset.UtcNow, forTerminal), "", notice.Person.UserName, $"* is {notice.Presence.ToString().ToLowerInvariant()}")));
        using var profiles = visit.Chat.OnProfile(profile => happened.Writer.TryWrite(new(
            () => JsonLine.Of(profile, ChatJson.Default.Profile, ("event", "profile")),
            EntryLine.Time(DateTimeOffset.UtcNow, forTerminal), "", profile.UserName, $"* has another profile: {profile.DisplayName}, {profile.About}")));
        using var announcements = visit.Chat.OnAnnouncement(announcement => happened.Writer.TryWrite(new(
            () => JsonLine.Of(announcement, ChatJson.Default.Announcement, ("event", "announcement")),
            EntryLine.Time(announcement.SentAt, forTerminal), "", announcement.Author.UserName, $"* announces: {announcement.Text}")));
        using var states = visit.Chat.OnState(state =>
        {
            if (state == ChatState.Ended) happened.Writer.TryComplete(visit.Chat.LastFault);
        });
        Stdio.Say("Watching.");

        await foreach (var one in happened.Reader.ReadAllAsync(visit.Cancel)) visit.Output.Print(one);
        return ExitCode.Ok;

        async Task<string> Name(ChatConversation conversation)
        {
            lock (names)
            {
                if (names.TryGetValue(conversation.Id, out var known)) return known;
            }
            var target = ConversationName.Target(await conversation.DetailsAsync(visit.Cancel), visit.Chat.Me.UserName);
            lock (names) return names[conversation.Id] = target;
        }
    }
}
