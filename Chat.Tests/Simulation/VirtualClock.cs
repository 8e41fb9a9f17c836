using Chat.Tests.Support;

namespace Chat.Tests.Simulation;

/// <summary>
/// A clock that the run moves. Its time of day never says the same twice, so that ids made from it are in the order of their making in every run.
/// </summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly ManualClock _inner = new();

    public TimeSpan Now => TimeSpan.FromTicks(_inner.GetTimestamp());

    /// <summary>How long until the next timer rings; null where none is set.</summary>
    public TimeSpan? NextRing => _inner.NextRing;

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        _inner.Jump(TimeSpan.FromMilliseconds(1));
        return _inner.GetUtcNow();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _inner.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan by) => _inner.Advance(by);

    public void Jump(TimeSpan by) => _inner.Jump(by);
}
