namespace Chat.Tests.Simulation;

/// <summary>What happened in a run, in order: a number that two equal runs share, and the last of it for people to read. Names no random id.</summary>
internal sealed class Trace
{
    private const int Kept = 60;
    private readonly Queue<(int Step, string What, long One, long Other)> _last = [];
    private ulong _hash = 14695981039346656037;

    public int Steps { get; private set; }

    public ulong Hash => _hash;

    public string Last => string.Join('\n', _last.Select(one => $"  {one.Step}: {one.What} {one.One} {one.Other}"));

    public void Add(string what, long one = 0, long other = 0)
    {
        Steps++;
        foreach (var character in what) Mix(character);
        Mix((ulong)one);
        Mix((ulong)other);
        if (_last.Count == Kept) _last.Dequeue();
        _last.Enqueue((Steps, what, one, other));
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211;
}
