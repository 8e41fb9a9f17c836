namespace Chat.Tests.Faults.Power;

/// <summary>One file's content on the disk, and what was done to it since the disk last had all of it.</summary>
internal sealed class Platter
{
    private readonly List<(int At, Happening Deed)> _unsynced = [];
    private byte[] _synced = [];
    private int _length;

    public void Add(int at, Happening deed) => _unsynced.Add((at, deed));

    public void Sync(int before)
    {
        foreach (var (_, deed) in _unsynced.TakeWhile(one => one.At < before)) Do(deed, ref _synced, ref _length);
        _unsynced.RemoveAll(one => one.At < before);
    }

    /// <summary>What is left of it after a cut.</summary>
    public byte[] After(Fate fate)
    {
        var bytes = _synced.AsSpan(0, _length).ToArray();
        var length = _length;
        foreach (var deed in fate.Of([.. _unsynced.Select(one => one.Deed)])) Do(deed, ref bytes, ref length);
        return bytes[..length];
    }

    private static void Do(Happening deed, ref byte[] bytes, ref int length)
    {
        switch (deed)
        {
            case Happening.Written written:
                var end = (int)written.Offset + written.Bytes.Length;
                if (end > bytes.Length) Array.Resize(ref bytes, Math.Max(end, bytes.Length * 2));
                written.Bytes.CopyTo(bytes, (int)written.Offset);
                length = Math.Max(length, end);
                break;
            case Happening.Truncated truncated when truncated.Length < length:
                Array.Clear(bytes, (int)truncated.Length, length - (int)truncated.Length);
                length = (int)truncated.Length;
                break;
        }
    }
}
