using System.Collections.Concurrent;
using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Client.Driving;

/// <summary>Who waits to hear that a draft is stored.</summary>
internal sealed class Outgoing(int length)
{
    private readonly ConcurrentDictionary<ClientMessageId, TaskCompletionSource<Stored>> _waiting = [];
    private Exception? _end;

    /// <summary>Two who send the same id wait for the same draft. <paramref name="queue"/> is called for the first.</summary>
    public Task<Stored> Add(Draft draft, Action<Draft> queue)
    {
        if (_waiting.Count >= length) throw new ChatRefusedException(Refusal.LimitReached.Because($"{length} drafts are waiting to be stored already."));

        TaskCompletionSource<Stored> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _waiting.GetOrAdd(draft.ClientMessageId, waiting);
        if (first == waiting) queue(draft);
        if (Volatile.Read(ref _end) is { } end) first.TrySetException(end);
        return first.Task;
    }

    public void Stored(Effect.Stored stored)
    {
        if (_waiting.TryRemove(stored.Draft.ClientMessageId, out var waiting))
            waiting.TrySetResult(new(stored.Draft.Conversation, stored.Seq, stored.SentAt, stored.Draft.ClientMessageId));
    }

    public void Failed(Effect.Failed failed)
    {
        if (_waiting.TryRemove(failed.Draft.ClientMessageId, out var waiting)) waiting.TrySetException(new ChatRefusedException(failed.Refusal));
    }

    public void End(Exception why)
    {
        Volatile.Write(ref _end, why);
        foreach (var waiting in _waiting.Values) waiting.TrySetException(why);
        _waiting.Clear();
    }
}
