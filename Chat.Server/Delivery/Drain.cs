using Chat.Contracts;

namespace Chat.Server.Delivery;

/// <summary>
/// How a node says goodbye: no new calls, those under way are finished, every client is told when to come back (spread, so that they do
/// not come all at once) and closed. What was answered is stored.
/// </summary>
internal sealed class Drain(Connections connections, TimeProvider clock)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PerConnection = TimeSpan.FromMilliseconds(2);

    // Who does not answer a close frame is not waited for.
    private static readonly TimeSpan CloseFrames = TimeSpan.FromSeconds(2);

    private int _underWay;
    private int _hasBegun;

    /// <summary>False where no call may begin any more; otherwise <see cref="Leave"/> ends it.</summary>
    public bool Enter()
    {
        Interlocked.Increment(ref _underWay);
        if (Volatile.Read(ref _hasBegun) == 0) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _underWay);

    public async Task Run(CancellationToken cancel)
    {
        Interlocked.Exchange(ref _hasBegun, 1); // seen by all before the count is looked at: a call counted later is turned away
        await Until(() => Volatile.Read(ref _underWay) == 0, cancel);

        var spread = PerConnection * connections.All.Count;
        await Until(() => Dismiss(spread), cancel);

        // The process may not end before the last words and the close frames are written: it would cut them off.
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var over = clock.CreateTimer(_ => closing.Cancel(), null, CloseFrames, Timeout.InfiniteTimeSpan);
        await Until(() => !connections.HaveOpenSockets, closing.Token);
    }

    // Again and again: somebody who was let in just before may only now have shaken hands. Whether all have gone.
    private bool Dismiss(TimeSpan spread)
    {
        foreach (var connection in connections.All.Where(connection => !connection.IsClosed))
        {
            var after = Soonest + spread * Random.Shared.NextDouble();
            connection.Close(new Frame(nameof(IChatClient.ServerClosing), new Closing((long)after.TotalMilliseconds)));
        }
        return connections.All.Count == 0;
    }

    private async Task Until(Func<bool> condition, CancellationToken cancel)
    {
        while (!condition() && !cancel.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
