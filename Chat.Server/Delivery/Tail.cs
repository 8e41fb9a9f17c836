using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>
/// The last entries of one transcript and the frames made of them, so that a fan-out reads and encodes once. Small, and emptied when nothing
/// was added for a while: whoever is further behind reads the database.
/// </summary>
internal sealed class Tail
{
    private const int Length = 256;
    private const int Size = 256 * 1024;
    private const int Frames = 32;
    private const int QuietSweeps = 10;

    private readonly Lock _lock = new();
    private readonly List<StoredEntry> _entries = []; // one seq after the other
    private readonly OrderedDictionary<(long From, long To), (Frame Frame, long Lowest)> _frames = [];
    private int _size;
    private int _sweeps;
    private int _erasures;

    /// <summary>Grows with each text that was erased: what was read before may hold it still.</summary>
    public int Erasures => Volatile.Read(ref _erasures);

    /// <summary>False where a text was erased since the entries were read: read them again.</summary>
    public bool Add(IReadOnlyList<StoredEntry> entries, int erasures)
    {
        lock (_lock)
        {
            if (erasures != _erasures) return false;
            foreach (var entry in entries)
            {
                _entries.Add(entry);
                _size += entry.Body.Length;
            }
            var dropped = 0;
            while (_entries.Count - dropped > Length || (_size > Size && _entries.Count - dropped > 1)) _size -= _entries[dropped++].Body.Length;
            _entries.RemoveRange(0, dropped);
            _sweeps = 0;
            return true;
        }
    }

    /// <summary>The entries from…to, or null where not all of them are here.</summary>
    public List<StoredEntry>? Between(long from, long to)
    {
        lock (_lock)
        {
            if (_entries.Count == 0 || from < _entries[0].Seq || to > _entries[^1].Seq) return null;
            return _entries.GetRange((int)(from - _entries[0].Seq), (int)(to - from + 1));
        }
    }

    /// <summary>The whole frame from…to, for whoever may read all that it speaks of.</summary>
    public Frame? Frame(long from, long to, Visibility visibility, out int erasures)
    {
        lock (_lock)
        {
            erasures = _erasures;
            return _frames.TryGetValue((from, to), out var kept) && visibility.Covers(kept.Lowest, to) ? kept.Frame : null;
        }
    }

    /// <summary>Keeps a frame that holds all entries from…to, unless a text was erased since it was begun.</summary>
    public void Keep(long from, long to, Frame frame, IEnumerable<StoredEntry> entries, int erasures)
    {
        lock (_lock)
        {
            if (erasures != _erasures) return;
            if (_frames.Count >= Frames) _frames.RemoveAt(0);
            _frames[(from, to)] = (frame, entries.Min(entry => entry.Target ?? entry.Seq));
        }
    }

    /// <summary>A text was erased from the storage: nothing of before is told from here any more.</summary>
    public void Erase()
    {
        lock (_lock)
        {
            _erasures++;
            Empty();
        }
    }

    /// <summary>Called by each sweep: empties a tail to which nothing was added for some.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            if (++_sweeps >= QuietSweeps) Empty();
        }
    }

    private void Empty()
    {
        _entries.Clear();
        _frames.Clear();
        _size = 0;
    }
}
