namespace Chat.Tests.Faults.Power;

/// <summary>
/// The log of one folder, written by the shim under SQLite and by those who were answered. A synchronisation covers what was written before
/// it began; a line for what was answered stands behind everything that happened before the answer.
/// </summary>
internal sealed class DiskLog
{
    private readonly Lock _lock = new();
    private readonly List<Happening> _happened = [];
    private readonly Dictionary<string, StoredFile> _names = [];
    private int _files;

    public IReadOnlyList<Happening> Happened
    {
        get
        {
            lock (_lock) return [.. _happened];
        }
    }

    public int Length
    {
        get
        {
            lock (_lock) return _happened.Count;
        }
    }

    public void Add(Happening happening)
    {
        lock (_lock) _happened.Add(happening);
    }

    /// <summary>The file of this name, which is made where there is none.</summary>
    public StoredFile Open(string name)
    {
        lock (_lock)
        {
            if (_names.TryGetValue(name, out var file)) return file;
            file = _names[name] = new(name, _files++);
            _happened.Add(new Happening.Made(file));
            return file;
        }
    }

    public void Remove(string name)
    {
        lock (_lock)
        {
            if (_names.Remove(name, out var file)) _happened.Add(new Happening.Removed(file));
        }
    }
}
