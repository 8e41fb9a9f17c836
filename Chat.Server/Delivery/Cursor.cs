using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>
/// How far one connection has been told one transcript, and what of it its user may read. Guarded by its courier's lock, but for what says otherwise.
/// </summary>
internal sealed class Cursor(Feed feed, Connection connection)
{
    private readonly List<long> _ended = [];
    private int _holds;

    public Feed Feed => feed;

    public Connection Connection => connection;

    /// <summary>Its place among the feed's listeners, -1 for none. Guarded by the feed's lock.</summary>
    public int Index { get; set; } = -1;

    /// <summary>The highest seq that was written.</summary>
    public long Position { get; private set; }

    /// <summary>It has been put somewhere.</summary>
    public bool HasPlace => Moves > 0;

    /// <summary>Grows whenever the cursor is put somewhere else, so that a write which was under way does not put it back.</summary>
    public int Moves { get; private set; }

    public Visibility Visibility { get; private set; } = new([]);

    /// <summary>Waiting for its turn in the courier.</summary>
    public bool IsDue { get; set; }

    /// <summary>The place is not known yet: nothing may be told until it is.</summary>
    public bool IsHeld => _holds > 0;

    public void Hold() => _holds++;

    /// <summary>Says what was read from the database while the cursor was held; memberships that ended meanwhile end here, too.</summary>
    public void Release(Visibility visibility, long? position)
    {
        _holds--;
        Visibility = visibility;
        foreach (var seq in _ended) Cut(seq);
        if (_holds == 0) _ended.Clear();
        if (position is not { } place) return;
        Position = place;
        Moves++;
    }

    public void Advance(long to, int moves)
    {
        if (moves == Moves) Position = to;
    }

    /// <summary>The user's membership ended with the entry at this seq.</summary>
    public void End(long seq)
    {
        if (IsHeld) _ended.Add(seq);
        Cut(seq);
    }

    private void Cut(long seq) =>
        Visibility = new([.. Visibility.Intervals.Select(interval => interval.IsOpen && interval.Joined <= seq ? interval with { Last = seq } : interval)]);
}
