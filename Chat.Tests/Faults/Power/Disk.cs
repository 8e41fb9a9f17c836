namespace Chat.Tests.Faults.Power;

/// <summary>
/// The disk under a recording, and what is on it when its power is cut at some line of the log. What is modelled:
/// what was synchronised is there; of what was done to a file since, each 512-byte sector of a write, and each truncation, is there or not, in whatever order, so that writes
/// are kept, dropped, torn and overtaken; bytes that no kept write reached read as zeros; a file's name is there once the folder was synchronised,
/// and before that perhaps, as it may come back after being removed.
/// Not modelled, because SQLite does not promise to survive it either: disks that say they have synchronised and have not, writes that
/// damage bytes beside them, and bits that rot.
/// </summary>
internal sealed class Disk(IReadOnlyList<Happening> happened)
{
    private readonly Dictionary<StoredFile, Platter> _platters = [];
    private readonly Dictionary<string, StoredFile> _names = [];
    private readonly List<(int At, Happening Deed)> _unsyncedNames = [];
    private int _at;

    /// <summary>Goes on to the moment before a line. Forwards only.</summary>
    public void RunTo(int line)
    {
        for (; _at < line; _at++)
        {
            switch (happened[_at])
            {
                case Happening.Made made:
                    _platters[made.File] = new();
                    _unsyncedNames.Add((_at, made));
                    break;
                case Happening.Removed removed:
                    _unsyncedNames.Add((_at, removed));
                    break;
                case Happening.Written written:
                    _platters[written.File].Add(_at, written);
                    break;
                case Happening.Truncated truncated:
                    _platters[truncated.File].Add(_at, truncated);
                    break;
                case Happening.Synced synced:
                    _platters[synced.File].Sync(synced.Before);
                    break;
                case Happening.FolderSynced { Before: var before }:
                    foreach (var (_, deed) in _unsyncedNames.TakeWhile(one => one.At < before)) Name(_names, deed);
                    _unsyncedNames.RemoveAll(one => one.At < before);
                    break;
            }
        }
    }

    /// <summary>Puts into a folder what a cut at this moment leaves.</summary>
    public void Cut(Random random, string folder)
    {
        Fate fate = new(random);
        Dictionary<string, StoredFile> names = new(_names);
        foreach (var (_, deed) in _unsyncedNames)
        {
            if (fate.Keeps()) Name(names, deed);
        }
        foreach (var (name, file) in names) File.WriteAllBytes(Path.Combine(folder, name), _platters[file].After(fate));
    }

    private static void Name(Dictionary<string, StoredFile> names, Happening deed)
    {
        if (deed is Happening.Made made) names[made.File.Name] = made.File;
        else if (deed is Happening.Removed removed && names.GetValueOrDefault(removed.File.Name) == removed.File) names.Remove(removed.File.Name);
    }
}
