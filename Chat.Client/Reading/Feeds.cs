using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Client.Reading;

/// <summary>
/// Hands what the rules apply to those who read it. What is held of each conversation is known here too, so that a handler which begins to
/// listen misses nothing from then on.
/// </summary>
internal sealed class Feeds
{
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly Dictionary<ConversationId, long> _held = [];
    private readonly List<Follower> _followers = [];
    private readonly List<EntryHandler> _handlers = [];

    public void Do(Effect effect)
    {
        lock (_lock)
        {
            switch (effect)
            {
                case Effect.Begin { Conversation: { } conversation, From: var from }:
                    Hold(conversation, from - 1);
                    foreach (var handler in _handlers) handler.Begin(conversation, from - 1);
                    break;
                case Effect.Apply { Batch: var batch }:
                    Hold(batch.Conversation, batch.To);
                    var told = Told.By(batch);
                    foreach (var follower in Of(batch.Conversation)) follower.Offer(told);
                    foreach (var handler in _handlers) handler.Offer(batch.Conversation, told);
                    break;
                case Effect.Skip { Conversation: { } conversation, Skipped: var skipped }:
                    if (_held.GetValueOrDefault(conversation) < skipped.To) Hold(conversation, skipped.To);
                    foreach (var follower in Of(conversation)) follower.Hear(skipped.To);
                    foreach (var handler in _handlers) handler.Hear(conversation, skipped.To);
                    break;
                case Effect.Forget { Conversation: { } conversation }:
                    _held.Remove(conversation);
                    foreach (var follower in Of(conversation).ToList()) follower.End(new ChatRefusedException(Refusal.NoSuchConversation));
                    foreach (var handler in _handlers) handler.Forget(conversation);
                    break;
            }
        }
    }

    public void Add(Follower follower)
    {
        lock (_lock) _followers.Add(follower);
    }

    public void Remove(Follower follower)
    {
        lock (_lock) _followers.Remove(follower);
    }

    public void Add(EntryHandler handler)
    {
        lock (_lock)
        {
            foreach (var (conversation, seq) in _held) handler.Begin(conversation, seq);
            _handlers.Add(handler);
        }
    }

    public void Remove(EntryHandler handler)
    {
        lock (_lock) _handlers.Remove(handler);
    }

    /// <summary>Nothing more will come; handlers may hear again of another log-in.</summary>
    public void End(Exception why)
    {
        lock (_lock)
        {
            foreach (var follower in _followers) follower.End(why);
            foreach (var conversation in _held.Keys)
            {
                foreach (var handler in _handlers) handler.Forget(conversation);
            }
            _held.Clear();
        }
    }

    private void Hold(ConversationId conversation, long seq) => _held[conversation] = seq;

    private IEnumerable<Follower> Of(ConversationId conversation) => _followers.Where(follower => follower.Conversation == conversation);
}
