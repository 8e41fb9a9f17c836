using System.Collections.Concurrent;

namespace Chat.Cli.FullScreen;

/// <summary>
/// The one loop that touches what is shown. Whatever happens is posted to it; and an <c>await</c> in what it runs comes back to it.
/// </summary>
internal sealed class Loop : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<Action> _happened = [];

    public void Post(Action action)
    {
        try
        {
            _happened.TryAdd(action);
        }
        catch (Exception over) when (over is InvalidOperationException or ObjectDisposedException)
        {
            // It has ended; nobody looks any more.
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => Post(() => d(state));

    /// <summary>Runs until <see cref="End"/>.</summary>
    /// <param name="draw">Called whenever all that has happened so far is done.</param>
    public void Run(Action draw)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            foreach (var action in _happened.GetConsumingEnumerable())
            {
                action();
                if (_happened.Count == 0) draw();
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void End() => _happened.CompleteAdding();

    public void Dispose() => _happened.Dispose();
}
