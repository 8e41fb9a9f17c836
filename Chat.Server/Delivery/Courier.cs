using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>
/// Carries entries to one connection, at that connection's pace. It promises:
/// 1. nobody waits for it: waking it and offering it frames return at once, unless the transport takes frames at once, too;
/// 2. a transcript's batches are written in order and without a gap, from the cursor's place on;
/// 3. it holds places, not messages: what is durable is read when its turn comes;
/// 4. after <see cref="Stop"/> nothing more is written.
/// </summary>
internal sealed class Courier(Connection connection, ILink link, TimeSpan writeLimit, TimeProvider clock)
{
    private const int PassingLength = 32;

    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly Dictionary<Feed, Cursor> _cursors = [];
    private readonly Queue<Cursor> _due = [];
    private readonly List<Frame> _passing = [];
    private bool _passed;
    private bool _running;
    private bool _stopped;

    /// <summary>Begins or goes on listening to a feed, held until <see cref="Release"/>. Null once stopped.</summary>
    public Cursor? Hold(Feed feed)
    {
        Cursor? cursor;
        lock (_lock)
        {
            if (_stopped) return null;
            if (!_cursors.TryGetValue(feed, out cursor)) _cursors.Add(feed, cursor = new Cursor(feed, connection));
            cursor.Hold();
        }
        var joined = feed.Join(cursor);
        lock (_lock)
        {
            if (joined && !_stopped) return cursor;
            _cursors.Remove(feed);
        }
        feed.Leave(cursor);
        return null;
    }

    /// <summary>Tells a held cursor what it may show and, unless it had a place already, where it stands.</summary>
    public void Release(Cursor cursor, Visibility visibility, long? position)
    {
        lock (_lock) cursor.Release(visibility, position);
        Wake(cursor);
    }

    public bool Has(Feed feed)
    {
        lock (_lock) return _cursors.ContainsKey(feed);
    }

    public void End(Cursor cursor, long seq)
    {
        lock (_lock) cursor.End(seq);
    }

    /// <summary>There may be something to tell.</summary>
    public void Wake(Cursor cursor)
    {
        lock (_lock)
        {
            if (_stopped || cursor.IsHeld || cursor.IsDue) return;
            cursor.IsDue = true;
            _due.Enqueue(cursor);
            if (_running) return;
            _running = true;
        }
        _ = Carry();
    }

    /// <summary>Something ephemeral: the newest of a kind is kept, and of too many the oldest is dropped.</summary>
    public void Offer(Frame frame)
    {
        lock (_lock)
        {
            if (_stopped) return;
            if (frame.Kind is { } kind) _passing.RemoveAll(waiting => kind.Equals(waiting.Kind));
            if (_passing.Count == PassingLength) _passing.RemoveAt(0);
            _passing.Add(frame);
            if (_running) return;
            _running = true;
        }
        _ = Carry();
    }

    public void Stop()
    {
        List<Cursor> cursors;
        lock (_lock)
        {
            _stopped = true;
            cursors = [.. _cursors.Values];
            _cursors.Clear();
            _due.Clear();
            _passing.Clear();
        }
        foreach (var cursor in cursors) cursor.Feed.Leave(cursor);
    }

    // Runs on whoever woke it for as long as the transport takes frames at once; from the first wait on, on its own.
    private async Task Carry()
    {
        try
        {
            while (Next(out var cursor, out var frame))
            {
                if (frame is not null) await Begin(frame);
                else await Tell(cursor!);
            }
        }
        catch (Exception exception)
        {
            // Too slow, or gone. Harmless: the client resumes, and its places tell what it missed.
            connection.Break(exception);
        }
    }

    private bool Next(out Cursor? cursor, out Frame? frame)
    {
        lock (_lock)
        {
            cursor = null;
            frame = null;
            // In turns where both wait: a crowd that is typing would keep the messages from a slow connection otherwise.
            if (_passing.Count > 0 && !(_passed && _due.Count > 0))
            {
                _passed = true;
                frame = _passing[0];
                _passing.RemoveAt(0);
                return true;
            }
            if (_due.TryDequeue(out cursor))
            {
                _passed = false;
                cursor.IsDue = false;
                return true;
            }
            _running = false;
            return false;
        }
    }

    private async ValueTask Tell(Cursor cursor)
    {
        long position;
        int moves;
        Visibility visibility;
        var erasures = cursor.Feed.Erasures;
        lock (_lock)
        {
            if (_stopped || cursor.IsHeld) return;
            (position, moves, visibility) = (cursor.Position, cursor.Moves, cursor.Visibility);
        }
        if (visibility.NextFrom(position + 1) is null)
        {
            DropIfOver(cursor);
            return;
        }
        var (frame, to) = await cursor.Feed.After(position, visibility);
        if (frame is null) return;

        if (Begin(frame, cursor, visibility, moves, erasures) is not { } taken) return;
        await taken;
        lock (_lock) cursor.Advance(to, moves);
        // Whatever comes from here on wakes it by itself.
        if (to < cursor.Feed.Head || !visibility.IsOpen) Wake(cursor);
    }

    // Begun under the lock: whoever moves the cursor, or stops the courier, does so before the frame or when it is on its way, and what is answered
    // then comes behind it. What was read for a membership that has ended meanwhile, for a place that was moved, or before a text was erased, is not
    // sent but read anew.
    private Task? Begin(Frame frame, Cursor cursor, Visibility visibility, int moves, int erasures)
    {
        lock (_lock)
        {
            if (_stopped) return null;
            var isCurrent = cursor.Moves == moves && ReferenceEquals(cursor.Visibility, visibility) && cursor.Feed.Erasures == erasures;
            if (isCurrent) return Taken(link.Write(frame));
        }
        Wake(cursor);
        return null;
    }

    private Task Begin(Frame frame)
    {
        lock (_lock) return _stopped ? Task.CompletedTask : Taken(link.Write(frame));
    }

    private async Task Taken(ValueTask write)
    {
        if (write.IsCompletedSuccessfully) return;
        await write.AsTask().WaitAsync(writeLimit, clock);
    }

    // Looks again under the lock: the user may be coming back at this very moment.
    private void DropIfOver(Cursor cursor)
    {
        lock (_lock)
        {
            if (cursor.IsHeld || cursor.Visibility.NextFrom(cursor.Position + 1) is not null) return;
            if (_cursors.GetValueOrDefault(cursor.Feed) == cursor) _cursors.Remove(cursor.Feed);
        }
        cursor.Feed.Leave(cursor);
    }
}
