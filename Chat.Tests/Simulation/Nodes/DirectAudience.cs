using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Hubs;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>What is told in passing, through the server's own groups, without SignalR's proxies between.</summary>
internal sealed class DirectAudience(ChatLifetimeManager<ChatHub> manager, Connections connections) : IAudience
{
    public IChatClient MembersOf(ConversationId conversation, params IEnumerable<UserId> except)
    {
        List<string> excluded = [.. except.SelectMany(connections.Of).Select(connection => connection.Id)];
        return new Hearers((method, argument) => manager.SendGroupExceptAsync(conversation.Value, method, [argument], excluded));
    }

    public IChatClient DevicesOf(params IEnumerable<UserId> users)
    {
        List<string> groups = [.. users.Select(user => user.Value)];
        return new Hearers((method, argument) => manager.SendGroupsAsync(groups, method, [argument]));
    }

    public IChatClient Everybody => new Hearers((method, argument) => manager.SendAllAsync(method, [argument]));

    private sealed class Hearers(Func<string, object, Task> tell) : IChatClient
    {
        public Task EntriesAppended(EntryBatch batch) => tell(nameof(EntriesAppended), batch);
        public Task InboxAppended(InboxBatch batch) => tell(nameof(InboxAppended), batch);
        public Task TypingChanged(TypingNotice notice) => tell(nameof(TypingChanged), notice);
        public Task PresenceChanged(PresenceNotice notice) => tell(nameof(PresenceChanged), notice);
        public Task ProfileChanged(Profile profile) => tell(nameof(ProfileChanged), profile);
        public Task ReadMarkMoved(ReadNotice notice) => tell(nameof(ReadMarkMoved), notice);
        public Task Announced(Announcement announcement) => tell(nameof(Announced), announcement);
        public Task SessionEnded(SessionEnd end) => tell(nameof(SessionEnded), end);
        public Task ServerClosing(Closing closing) => tell(nameof(ServerClosing), closing);
    }
}
