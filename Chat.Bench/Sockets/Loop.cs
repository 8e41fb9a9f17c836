using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Chat.Bench.Measuring;

namespace Chat.Bench.Sockets;

/// <summary>
/// One thread that reads all connections and sends what is due. Nothing is waited for in it and, once everybody is connected, next to nothing
/// allocated: a delivery costs one call of the kernel and one search through its bytes.
/// </summary>
internal sealed class Loop : IDisposable
{
    private const int Handles = 1 << 17;
    private const int Room = 64; // in front of what is received, for the beginning of a frame that was received before
    private const int LongestWait = 5; // milliseconds
    private static readonly long TicksPerMillisecond = Stopwatch.Frequency / 1_000;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15); // as SignalR's own clients

    private readonly int _poll = Kernel.NewPoll(0);
    private readonly Wire?[] _wires = new Wire?[Handles];
    private readonly ConcurrentQueue<Action> _posted = [];
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile ILoad? _load;

    // Used by the thread alone.
    private readonly byte[] _buffer = new byte[Room + (256 * 1024)];
    private readonly Kernel.Happening[] _happened = new Kernel.Happening[512];
    private readonly List<Wire> _open = [];
    private int _pinged;
    private long _nextPing = long.MaxValue;

    public Loop()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) throw new PlatformNotSupportedException("The benchmarks run on Linux on x64.");
        _thread = new Thread(Run) { IsBackground = true, Name = "Loop" };
        _thread.Start();
    }

    /// <summary>What is counted now.</summary>
    public Meter Meter { get; set; } = new();

    /// <summary>What is sent now.</summary>
    public ILoad? Load { set => _load = value; }

    /// <summary>Does it on the loop's thread.</summary>
    public void Post(Action deed) => _posted.Enqueue(deed);

    public void Add(Wire wire)
    {
        _wires[wire.Handle] = wire;
        Post(() =>
        {
            _open.Add(wire);
            if (_open.Count == 1) _nextPing = Stopwatch.GetTimestamp();
        });
        Kernel.Happening about = new() { Events = Kernel.EventIn, Handle = wire.Handle };
        if (Kernel.Control(_poll, Kernel.CtlAdd, wire.Handle, ref about) != 0) throw new InvalidOperationException($"The socket is not listened to: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>On the loop's thread. A handle that is closed may be given to another at once.</summary>
    public void Remove(Wire wire)
    {
        _wires[wire.Handle] = null;
        _open.Remove(wire);
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run()
    {
        var due = long.MaxValue;
        while (!_stopping)
        {
            var count = Kernel.Wait(_poll, _happened, _happened.Length, Wait(Math.Min(due, _nextPing)));
            for (var i = 0; i < count; i++)
            {
                _wires[_happened[i].Handle]?.Read(_buffer, Room);
                due = Turn();
            }
            while (_posted.TryDequeue(out var deed)) deed();
            due = Turn();
            Ping();
        }
    }

    // The last part of a millisecond is spent looking: what is sent late would be counted as slow.
    private static int Wait(long until)
    {
        var left = until - Stopwatch.GetTimestamp();
        return left <= 0 ? 0 : (int)Math.Min(LongestWait, left / TicksPerMillisecond);
    }

    private long Turn() => _load?.Turn(Stopwatch.GetTimestamp()) ?? long.MaxValue;

    // One after another, spread over the time between two pings.
    private void Ping()
    {
        var now = Stopwatch.GetTimestamp();
        while (_nextPing <= now && _open.Count > 0)
        {
            _pinged = (_pinged + 1) % _open.Count;
            _open[_pinged].Ping();
            _nextPing += (long)(PingEvery.TotalSeconds * Stopwatch.Frequency / _open.Count);
        }
        if (_open.Count == 0) _nextPing = long.MaxValue;
    }
}
