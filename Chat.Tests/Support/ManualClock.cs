namespace Chat.Tests.Support;

/// <summary>A clock that moves when told, and rings the timers it passes. (No package of a fake clock can be had here.)</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private long _ticks;

    public ManualClock() : this(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp()
    {
        lock (_lock) return _ticks;
    }

    /// <summary>How long until the next timer rings; null where none is set.</summary>
    public TimeSpan? NextRing
    {
        get
        {
            lock (_lock) return _timers.Count == 0 ? null : TimeSpan.FromTicks(_timers.Min(timer => timer.DueAt) - _ticks);
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        long until;
        lock (_lock) until = _ticks + by.Ticks;
        while (Next(until) is { } due) due.Ring();
    }

    /// <summary>Sets the wall clock, as an operator or a time server would; timers and timestamps do not notice.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock) _now += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? Next(long until)
    {
        lock (_lock)
        {
            var due = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
            var at = due?.DueAt ?? until;
            _now += TimeSpan.FromTicks(at - _ticks);
            _ticks = at;
            due?.Schedule();
            return due;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long DueAt { get; private set; }

        public void Ring() => callback(state);

        public void Schedule()
        {
            if (_period > TimeSpan.Zero) DueAt += _period.Ticks;
            else clock._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime < TimeSpan.Zero) return true;
                DueAt = clock._ticks + dueTime.Ticks;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
