namespace Chat.Server.Messages;

/// <summary>Lets each key pass at most once in a span of time. It remembers two spans, and in each no more than <see cref="Most"/> keys.</summary>
internal sealed class Pace<TKey>(TimeSpan span, TimeProvider clock) where TKey : notnull
{
    public const int Most = 100_000;

    private readonly Lock _lock = new();
    private Dictionary<TKey, long> _recent = [];
    private Dictionary<TKey, long> _older = [];
    private long _turnedAt = clock.GetTimestamp();

    public int Remembered
    {
        get { lock (_lock) return _recent.Count + _older.Count; }
    }

    public bool Allows(TKey key)
    {
        lock (_lock) return IsFree(key, clock.GetTimestamp());
    }

    public bool Take(TKey key)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            Turn(now);
            if (_recent.Count >= Most || !IsFree(key, now)) return false;
            _recent[key] = now;
            return true;
        }
    }

    private bool IsFree(TKey key, long now) =>
        !((_recent.TryGetValue(key, out var at) || _older.TryGetValue(key, out at)) && clock.GetElapsedTime(at, now) < span);

    // What was taken before the last turn but one is at least a span old.
    private void Turn(long now)
    {
        if (clock.GetElapsedTime(_turnedAt, now) < span) return;
        (_older, _recent) = (_recent, _older);
        _recent.Clear();
        _turnedAt = now;
    }
}
