using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>The last entries of one transcript and the frames made of them, so that a fan-out reads and encodes once.</summary>
internal sealed class Tail
{
    private const int Length = 256;
    private const int Frames = 32;

    private readonly Lock _lock = new();
    private readonly Queue<StoredEntry> _entries = [];
    private readonly Dictionary<(long From, long To), (Frame Frame, long Lowest)> _frames = [];
    private int _erasures;

    public void Add(IEnumerable<StoredEntry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _entries.Enqueue(entry);
                if (_entries.Count > Length) _entries.Dequeue();
            }
        }
    }

    /// <summary>The entries from…to, or null where not all of them are here.</summary>
    public List<StoredEntry>? Between(long from, long to)
    {
        lock (_lock)
        {
            if (_entries.Count == 0 || from < _entries.Peek().Seq) return null;
            List<StoredEntry> found = [.. _entries.Where(entry => entry.Seq >= from && entry.Seq <= to)];
            return found.Count == to - from + 1 ? found : null;
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
            if (_frames.Count >= Frames) _frames.Clear();
            _frames[(from, to)] = (frame, entries.Min(entry => entry.Target ?? entry.Seq));
        }
    }

    /// <summary>A message's text was erased from the storage: it is erased here, too.</summary>
    public void Erase(long target)
    {
        lock (_lock)
        {
            _erasures++;
            _frames.Clear();
            for (var left = _entries.Count; left > 0; left--)
            {
                var entry = _entries.Dequeue();
                var erased = entry.Seq == target || (entry.Kind == EntryKind.Edited && entry.Target == target);
                _entries.Enqueue(erased ? entry with { Body = "{}", Deleted = true } : entry);
            }
        }
    }
}
