using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Contracts;

namespace Chat.Client.Reading;

/// <summary>
/// Hands the entries of all conversations to one handler, one at a time, those of one conversation in order and without a gap. It holds places
/// and a few entries of each conversation; a handler that falls behind gets the rest from the transcript.
/// </summary>
internal sealed class EntryHandler : IDisposable
{
    private const int Room = 64;

    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(1);

    private readonly Func<ConversationId, Entry, Task> _handler;
    private readonly Func<Follower, long, CancellationToken, Task<Told>> _read;
    private readonly Action<Exception> _report;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<ConversationId, Follower> _followers = [];
    private readonly CancellationTokenSource _disposed = new();

    // A conversation stands in it at most once; so it never holds more than there are conversations.
    private readonly Channel<Follower> _due = Channel.CreateUnbounded<Follower>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<Follower, bool> _isDue = [];

    public EntryHandler(
        Func<ConversationId, Entry, Task> handler, Func<Follower, long, CancellationToken, Task<Told>> read, Action<Exception> report, TimeProvider clock)
    {
        (_handler, _read, _report, _clock) = (handler, read, report, clock);
        _ = Task.Run(Carry);
    }

    /// <summary>From here on, whatever the place was before: it may have been one of another history.</summary>
    public void Begin(ConversationId conversation, long after) => _followers[conversation] = new(conversation, after, Room);

    public void Offer(ConversationId conversation, Told told)
    {
        var follower = _followers.GetOrAdd(conversation, id => new(id, told.From - 1, Room));
        follower.Offer(told);
        Wake(follower);
    }

    public void Hear(ConversationId conversation, long head)
    {
        if (!_followers.TryGetValue(conversation, out var follower)) return;
        follower.Hear(head);
        Wake(follower);
    }

    public void Forget(ConversationId conversation) => _followers.TryRemove(conversation, out _);

    public void Dispose()
    {
        _due.Writer.TryComplete();
        _disposed.Cancel();
    }

    private void Wake(Follower follower)
    {
        if (_isDue.TryAdd(follower, true)) _due.Writer.TryWrite(follower);
    }

    private async Task Carry()
    {
        await foreach (var follower in _due.Reader.ReadAllAsync())
        {
            _isDue.TryRemove(follower, out _);
            try
            {
                await Handle(follower);
            }
            catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (IsPresent(follower))
            {
                _report(fault); // of the reading; the handler's own are reported one by one
                if (fault is ChatRefusedException { Retryable: true } refused) _ = WakeAgain(follower, refused.RetryAfter ?? UsualWait);
            }
            catch (Exception)
            {
                // Of a conversation that is not followed any more there is nothing to read.
            }
        }
    }

    // What could not be read is not told again: the next word in this conversation may be long in coming.
    private async Task WakeAgain(Follower follower, TimeSpan wait)
    {
        await Task.Delay(wait, _clock, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsPresent(follower)) Wake(follower);
    }

    private bool IsPresent(Follower follower) => _followers.TryGetValue(follower.Conversation, out var present) && present == follower;

    private async Task Handle(Follower follower)
    {
        while (true)
        {
            var entries = follower.Take() ?? (follower.Missing is { } after ? follower.Take(await _read(follower, after, _disposed.Token)) : null);
            if (entries is null) return;
            foreach (var entry in entries) await Handle(follower.Conversation, entry);
        }
    }

    private async Task Handle(ConversationId conversation, Entry entry)
    {
        _disposed.Token.ThrowIfCancellationRequested();
        try
        {
            await _handler(conversation, entry);
        }
        catch (Exception fault)
        {
            _report(fault);
        }
    }
}
