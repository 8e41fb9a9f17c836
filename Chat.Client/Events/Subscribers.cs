using System.Threading.Channels;

namespace Chat.Client.Events;

/// <summary>
/// Who wants to hear of one kind of event. Telling never waits: each handler has a queue and a task of its own, so one that throws or blocks is
/// alone with it. Of too many that wait for one handler the oldest goes.
/// </summary>
/// <param name="report">Hears what a handler throws.</param>
internal sealed class Subscribers<T>(Action<Exception> report)
{
    private const int Room = 1_000;

    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];

    public bool IsEmpty => Volatile.Read(ref _subscriptions).Length == 0;

    public IDisposable Add(Func<T, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Subscription subscription = new(this, handler);
        lock (_lock) _subscriptions = [.. _subscriptions, subscription];
        return subscription;
    }

    public IDisposable Add(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(told =>
        {
            handler(told);
            return Task.CompletedTask;
        });
    }

    public void Tell(T what)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions)) subscription.Offer(what);
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock) _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
    }

    private sealed class Subscription : IDisposable
    {
        private readonly Subscribers<T> _all;
        private readonly Func<T, Task> _handler;
        private readonly Channel<T> _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        private volatile bool _disposed;

        public Subscription(Subscribers<T> all, Func<T, Task> handler)
        {
            (_all, _handler) = (all, handler);
            _ = Task.Run(Carry);
        }

        public void Offer(T what) => _waiting.Writer.TryWrite(what);

        public void Dispose()
        {
            _disposed = true;
            _all.Remove(this);
            _waiting.Writer.TryComplete();
        }

        private async Task Carry()
        {
            await foreach (var what in _waiting.Reader.ReadAllAsync())
            {
                if (_disposed) return;
                try
                {
                    await _handler(what);
                }
                catch (Exception fault)
                {
                    _all.Report(fault);
                }
            }
        }
    }

    private void Report(Exception fault) => report(fault);
}
