namespace Chat.Server.Login;

/// <summary>
/// So many deeds in so much time for each key, at once or spread, then as they come back one by one. Keeps one number a key and none for a
/// key that has its whole allowance; when there are too many, those least used are forgotten. Not for several threads at once.
/// </summary>
internal sealed class Allowance<TKey>(int limit, TimeSpan per, TimeProvider clock) where TKey : notnull
{
    private const int Most = 50_000;
    private readonly long _interval = limit == 0 ? 0 : per.Ticks / limit;
    private readonly Dictionary<TKey, long> _fullAgainAt = []; // ticks of the monotonic clock

    public int Count => _fullAgainAt.Count;

    /// <summary>How long to wait for the next deed; zero when it may be done now. A limit of 0 is none.</summary>
    public TimeSpan Wait(TKey key)
    {
        if (limit == 0) return TimeSpan.Zero;
        var room = Now + per.Ticks - _interval - FullAgainAt(key);
        return room >= 0 ? TimeSpan.Zero : TimeSpan.FromTicks(-room);
    }

    public void Take(TKey key)
    {
        if (limit == 0) return;
        if (_fullAgainAt.Count >= Most && !_fullAgainAt.ContainsKey(key)) Forget();
        _fullAgainAt[key] = FullAgainAt(key) + _interval;
    }

    public void GiveBack(TKey key)
    {
        if (_fullAgainAt.TryGetValue(key, out var at)) _fullAgainAt[key] = at - _interval;
    }

    private long Now => clock.GetElapsedTime(0).Ticks;

    private long FullAgainAt(TKey key) => Math.Max(Now, _fullAgainAt.GetValueOrDefault(key));

    private void Forget()
    {
        var kept = _fullAgainAt.Where(entry => entry.Value > Now).OrderByDescending(entry => entry.Value).Take(Most / 2).ToList();
        _fullAgainAt.Clear();
        foreach (var (key, at) in kept) _fullAgainAt.Add(key, at);
    }
}
