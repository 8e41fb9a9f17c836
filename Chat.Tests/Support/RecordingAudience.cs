using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Server.Delivery;

namespace Chat.Tests.Support;

/// <summary>An audience of nobody that remembers what it was told, and for whom.</summary>
internal sealed class RecordingAudience : IAudience
{
    private readonly ConcurrentQueue<Told> _told = [];

    public IReadOnlyList<Told> Heard => [.. _told];

    public IChatClient Everybody => new Recorder(this, new Told { ToEverybody = true });

    public IChatClient MembersOf(ConversationId conversation, params IEnumerable<UserId> except) =>
        new Recorder(this, new Told { Conversation = conversation, Except = [.. except] });

    public IChatClient DevicesOf(params IEnumerable<UserId> users) => new Recorder(this, new Told { Users = [.. users] });

    /// <summary>The notices of one kind, in order, that were told to this user by name.</summary>
    public IEnumerable<T> HeardBy<T>(UserId user) => Heard.Where(told => told.Users.Contains(user)).Select(told => told.What).OfType<T>();

    public void Forget() => _told.Clear();

    internal sealed record Told
    {
        public bool ToEverybody { get; init; }
        public ConversationId? Conversation { get; init; }
        public IReadOnlyList<UserId> Except { get; init; } = [];
        public IReadOnlyList<UserId> Users { get; init; } = [];
        public object? What { get; init; }
    }

    private sealed class Recorder(RecordingAudience audience, Told told) : IChatClient
    {
        public Task EntriesAppended(EntryBatch batch) => Record(batch);
        public Task InboxAppended(InboxBatch batch) => Record(batch);
        public Task TypingChanged(TypingNotice notice) => Record(notice);
        public Task PresenceChanged(PresenceNotice notice) => Record(notice);
        public Task ProfileChanged(Profile profile) => Record(profile);
        public Task ReadMarkMoved(ReadNotice notice) => Record(notice);
        public Task Announced(Announcement announcement) => Record(announcement);
        public Task SessionEnded(SessionEnd end) => Record(end);
        public Task ServerClosing(Closing closing) => Record(closing);

        private Task Record(object what)
        {
            audience._told.Enqueue(told with { What = what });
            return Task.CompletedTask;
        }
    }
}
