using Chat.Contracts;
using Chat.Server.Delivery;

namespace Chat.Tests.Messages;

/// <summary>Keeps what was told, and to whom it was not.</summary>
internal sealed class HeardAudience : IAudience
{
    private readonly List<(object Notice, IReadOnlyList<UserId> Except)> _heard = [];

    public IReadOnlyList<(object Notice, IReadOnlyList<UserId> Except)> Heard
    {
        get { lock (_heard) return [.. _heard]; }
    }

    public IChatClient Everybody => throw new NotSupportedException("Nothing in this room is told to everybody.");

    public IChatClient MembersOf(ConversationId conversation, params IEnumerable<UserId> except) => new Listener(_heard, [.. except]);

    public IChatClient DevicesOf(params IEnumerable<UserId> users) => throw new NotSupportedException("This room tells members only.");

    private sealed class Listener(List<(object, IReadOnlyList<UserId>)> heard, IReadOnlyList<UserId> except) : IChatClient
    {
        public Task TypingChanged(TypingNotice notice) => Hear(notice);
        public Task ReadMarkMoved(ReadNotice notice) => Hear(notice);
        public Task EntriesAppended(EntryBatch batch) => Hear(batch);
        public Task InboxAppended(InboxBatch batch) => Hear(batch);
        public Task PresenceChanged(PresenceNotice notice) => Hear(notice);
        public Task ProfileChanged(Profile profile) => Hear(profile);
        public Task Announced(Announcement announcement) => Hear(announcement);
        public Task SessionEnded(SessionEnd end) => Hear(end);
        public Task ServerClosing(Closing closing) => Hear(closing);

        private Task Hear(object notice)
        {
            lock (heard) heard.Add((notice, except));
            return Task.CompletedTask;
        }
    }
}
