using Chat.Client.Reading;
using Chat.Contracts;

namespace Chat.Client;

/// <remarks>
/// Handlers: each is called for one event at a time, on a thread of the pool, never by the loop that reads the connection. One that blocks delays
/// itself alone; what it throws goes to <see cref="OnError(Action{Exception})"/>, and the next event comes all the same. They stay over log-outs
/// and log-ins; disposing what an <c>On…</c> returned ends it. Entries are never left out, however slow a handler; of other events the oldest
/// go when 1,000 wait.
/// </remarks>
public sealed partial class ChatClient
{
    /// <summary>Every message of every conversation, one's own too, from here on; those of one conversation in order and without a gap.</summary>
    public IDisposable OnMessage(Func<ChatConversation, Message, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnEntry((conversation, entry) => entry is Message message ? handler(conversation, message) : Task.CompletedTask);
    }

    /// <inheritdoc cref="OnMessage(Func{ChatConversation, Message, Task})"/>
    public IDisposable OnMessage(Action<ChatConversation, Message> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnMessage((conversation, message) =>
        {
            handler(conversation, message);
            return Task.CompletedTask;
        });
    }

    /// <summary>The same for entries of all kinds: edits, deletions, reactions, comings and goings too.</summary>
    public IDisposable OnEntry(Func<ChatConversation, Entry, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        EntryHandler listening = new(
            (conversation, entry) => handler(new(this, conversation), entry),
            (follower, after, cancel) => Read(follower.Conversation).Read(follower, after, cancel),
            _events.Report,
            Clock);
        _feeds.Add(listening);
        return new Subscription(() =>
        {
            _feeds.Remove(listening);
            listening.Dispose();
        });
    }

    /// <inheritdoc cref="OnEntry(Func{ChatConversation, Entry, Task})"/>
    public IDisposable OnEntry(Action<ChatConversation, Entry> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnEntry((conversation, entry) =>
        {
            handler(conversation, entry);
            return Task.CompletedTask;
        });
    }

    /// <summary>What one's own devices share: conversations added and left, read marks, blocks, settings.</summary>
    public IDisposable OnInbox(Action<InboxEntry> handler) => _events.Inbox.Add(handler);

    /// <inheritdoc cref="OnInbox(Action{InboxEntry})"/>
    public IDisposable OnInbox(Func<InboxEntry, Task> handler) => _events.Inbox.Add(handler);

    /// <summary>Somebody is typing: to be shown for at most 5 seconds, or until that person's next message.</summary>
    public IDisposable OnTyping(Action<TypingNotice> handler) => _events.Typing.Add(handler);

    /// <inheritdoc cref="OnTyping(Action{TypingNotice})"/>
    public IDisposable OnTyping(Func<TypingNotice, Task> handler) => _events.Typing.Add(handler);

    /// <summary>Somebody with whom one shares a conversation of at most 100 members came, went, or is away.</summary>
    public IDisposable OnPresence(Action<PresenceNotice> handler) => _events.Presence.Add(handler);

    /// <inheritdoc cref="OnPresence(Action{PresenceNotice})"/>
    public IDisposable OnPresence(Func<PresenceNotice, Task> handler) => _events.Presence.Add(handler);

    /// <summary>Somebody with whom one shares a conversation has another profile now.</summary>
    public IDisposable OnProfile(Action<Profile> handler) => _events.Profiles.Add(handler);

    /// <inheritdoc cref="OnProfile(Action{Profile})"/>
    public IDisposable OnProfile(Func<Profile, Task> handler) => _events.Profiles.Add(handler);

    /// <summary>Another member of a conversation has read up to here.</summary>
    public IDisposable OnReadMark(Action<ReadNotice> handler) => _events.ReadMarks.Add(handler);

    /// <inheritdoc cref="OnReadMark(Action{ReadNotice})"/>
    public IDisposable OnReadMark(Func<ReadNotice, Task> handler) => _events.ReadMarks.Add(handler);

    /// <summary>An administrator says something to everybody; kept nowhere.</summary>
    public IDisposable OnAnnouncement(Action<Announcement> handler) => _events.Announcements.Add(handler);

    /// <inheritdoc cref="OnAnnouncement(Action{Announcement})"/>
    public IDisposable OnAnnouncement(Func<Announcement, Task> handler) => _events.Announcements.Add(handler);

    /// <summary>The state is another one now, in order. <see cref="State"/> may be further already.</summary>
    public IDisposable OnState(Action<ChatState> handler) => _events.States.Add(handler);

    /// <inheritdoc cref="OnState(Action{ChatState})"/>
    public IDisposable OnState(Func<ChatState, Task> handler) => _events.States.Add(handler);

    /// <summary>What a handler threw, or the server said that cannot be understood. Logged where nobody listens.</summary>
    public IDisposable OnError(Action<Exception> handler) => _events.Errors.Add(handler);

    /// <inheritdoc cref="OnError(Action{Exception})"/>
    public IDisposable OnError(Func<Exception, Task> handler) => _events.Errors.Add(handler);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
