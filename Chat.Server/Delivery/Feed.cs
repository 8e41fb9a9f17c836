using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>
/// One transcript's new entries as this node tells them. It promises:
/// 1. entries are processed one by one in order of seq, whatever order they are heard of in; a gap is read from the database first;
/// 2. a membership that ends is cut at exactly its seq, before anybody is told of a later entry;
/// 3. hearing of entries returns at once.
/// A feed is also SignalR's group: its name is the transcript's id.
/// </summary>
internal abstract partial class Feed(TranscriptId id, long head, Database database, ILogger logger)
{
    private const int BatchLength = 100;
    private const int BatchSize = 256 * 1024;
    private const int ArrivedLength = 1024;

    private readonly Lock _lock = new();
    private readonly Tail _tail = new();

    // Guarded by the lock.
    private readonly List<Cursor> _listeners = [];
    private readonly Queue<StoredEntry> _arrived = [];
    private long _known = head;
    private bool _running;
    private bool _retired;

    // Written by the one run at a time, read by all.
    private long _head = head;

    public TranscriptId Id => id;

    /// <summary>All entries up to here were processed.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Grows with each text that was erased: what was read before may hold it still.</summary>
    public int Erasures => _tail.Erasures;

    protected Database Database => database;

    /// <summary>What the entry means for who listens. Called once for each, in order, before it is told.</summary>
    protected abstract ValueTask Process(StoredEntry entry);

    protected abstract ValueTask<Frame> Encode(long from, long to, IReadOnlyList<StoredEntry> entries, IReadOnlyList<Hole> holes);

    /// <summary>False where the feed was given up meanwhile; ask for a new one.</summary>
    public bool Join(Cursor cursor)
    {
        lock (_lock)
        {
            if (_retired) return false;
            if (cursor.Index >= 0) return true;
            cursor.Index = _listeners.Count;
            _listeners.Add(cursor);
            return true;
        }
    }

    public void Leave(Cursor cursor)
    {
        lock (_lock)
        {
            if (cursor.Index < 0) return;
            var last = _listeners[^1];
            (_listeners[cursor.Index], last.Index, cursor.Index) = (last, cursor.Index, -1);
            _listeners.RemoveAt(_listeners.Count - 1);
        }
    }

    /// <summary>Gives up what is not needed: the tail of a quiet feed, and the feed if nobody listens. Whether it was given up.</summary>
    public bool Retire()
    {
        _tail.Sweep();
        lock (_lock) return _retired = _listeners.Count == 0;
    }

    public Cursor[] Listeners()
    {
        lock (_lock) return [.. _listeners];
    }

    /// <summary>An entry was committed on this node.</summary>
    public void Learn(StoredEntry entry)
    {
        lock (_lock)
        {
            if (entry.Kind == EntryKind.Deleted) _tail.Erase(); // before the deletion is answered
            if (entry.Kind == EntryKind.Deleted || _arrived.Count >= ArrivedLength) _arrived.Clear(); // what was there is read from the database
            _arrived.Enqueue(entry);
            Expect(entry.Seq);
        }
    }

    /// <summary>The transcript is said to be at this seq.</summary>
    public void Hear(long head)
    {
        lock (_lock) Expect(head);
    }

    /// <summary>The next batch behind a place, as far as it may be seen; no frame where there is nothing new.</summary>
    public async ValueTask<(Frame? Frame, long To)> After(long position, Visibility visibility)
    {
        var from = position + 1;
        if (visibility.NextFrom(from) is not { } start || start > Head) return (null, position);
        // Batches end at the same places for all, so that those who catch up from different places soon share their frames.
        var to = Math.Min(visibility.HeadOf(Head), ((start - 1) / BatchLength + 1) * BatchLength);

        if (_tail.Frame(from, to, visibility, out var erasures) is { } kept) return (kept, to);
        var entries = Fit(_tail.Between(start, to) ?? await Read(start, to));
        if (entries.Count == 0) return (null, position);
        to = entries[^1].Seq;

        var seen = entries.Where(visibility.Sees).ToList();
        var frame = await Encode(from, to, seen, Visibility.HolesBetween(from, to, seen.Select(entry => entry.Seq)));
        if (seen.Count == to - from + 1) _tail.Keep(from, to, frame, seen, erasures);
        return (frame, to);
    }

    private static List<StoredEntry> Fit(List<StoredEntry> entries)
    {
        var size = 0;
        var count = entries.TakeWhile((entry, index) => (size += entry.Body.Length) <= BatchSize || index == 0).Count();
        return count == entries.Count ? entries : entries[..count];
    }

    private void Expect(long head)
    {
        _known = Math.Max(_known, head);
        if (_running || _retired || _known <= _head) return;
        _running = true;
        _ = Task.Factory.StartNew(Advance, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
    }

    private async Task Advance()
    {
        try
        {
            while (Next(out var known, out var arrived, out var erasures))
            {
                var entries = arrived ?? await Read(_head + 1, Math.Min(known, _head + BatchLength));
                if (entries.Count == 0) throw new InvalidOperationException($"Transcript {id} was said to be at {known} but ends at {_head}.");
                foreach (var entry in entries) await Process(entry);
                if (entries.Any(entry => entry.Kind == EntryKind.Deleted)) _tail.Erase(); // also where it happened on another node
                while (!_tail.Add(entries, erasures))
                {
                    erasures = _tail.Erasures;
                    entries = await Read(entries[0].Seq, entries[^1].Seq);
                }
                Volatile.Write(ref _head, entries[^1].Seq);
                foreach (var listener in Listeners()) listener.Connection.Courier.Wake(listener);
            }
        }
        catch (Exception exception)
        {
            // The sweep says the head again, and the feed goes on from where it is.
            Log.Stopped(logger, exception, id.Value, Head);
            lock (_lock)
            {
                _known = _head;
                _arrived.Clear();
                _running = false;
            }
        }
    }

    /// <summary>What to process next: entries that arrived and continue the head, or null where they have to be read.</summary>
    private bool Next(out long known, out List<StoredEntry>? arrived, out int erasures)
    {
        lock (_lock)
        {
            erasures = _tail.Erasures;
            known = _known;
            arrived = null;
            while (_arrived.TryPeek(out var entry) && entry.Seq <= _head) _arrived.Dequeue();
            if (_known <= _head || _retired)
            {
                _running = false;
                return false;
            }
            if (_arrived.TryPeek(out var first) && first.Seq == _head + 1)
            {
                arrived = [];
                while (_arrived.TryPeek(out var entry) && entry.Seq == _head + 1 + arrived.Count) arrived.Add(_arrived.Dequeue());
            }
            return true;
        }
    }

    private Task<List<StoredEntry>> Read(long from, long to) => database.Read(sql => Transcript.Read(sql, id, from, to));

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "The feed of {Transcript} stopped at {Head}.")]
        public static partial void Stopped(ILogger logger, Exception exception, string transcript, long head);
    }
}
