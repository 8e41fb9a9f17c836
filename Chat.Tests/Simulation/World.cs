using Chat.Tests.Simulation.Clients;
using Chat.Tests.Simulation.Judging;
using Chat.Tests.Simulation.Nodes;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Simulation;

/// <summary>
/// One run: two nodes over one store, a bus between them, the devices of some users, and everything that happens to them, decided by a seed alone.
/// All of it is done by one thread, one step at a time, on a clock that only the run moves; the same seed is the same run.
/// </summary>
internal sealed partial class World : IDisposable
{
    private const int MostSteps = 400_000;

    private readonly Random _random;
    private readonly Weather _weather;
    private readonly VirtualClock _clock = new();
    private readonly Trace _trace = new();
    private readonly Ruling _ruling = new();
    private readonly Town.Copy _store;
    private readonly WriteTurn _turn;
    private readonly LossyBus _bus;
    private readonly Truth _truth;
    private readonly Judge _judge;
    private readonly Slot[] _slots;
    private readonly List<Account> _accounts = [];
    private readonly List<Device> _devices = [];
    private readonly List<Line> _lines = [];
    private int _deeds;
    private int _lineNumber;
    private bool _isFair;

    public World(int seed)
    {
        _random = new(seed);
        _weather = Weather.Of(_random);
        _deeds = _random.Next(10, 50);
        _store = Town.Shared.NewCopy();
        _turn = new(_random);
        _bus = new(_random, _weather);
        SqliteConnection connection = new($"Data Source={_store.File};Pooling=false");
        connection.Open();
        _truth = new(connection, _ruling, _trace);
        _judge = new(_ruling, _truth, _clock, _trace);
        _truth.LookAgain();
        _slots = [new(1), new(2)];
        foreach (var slot in _slots) Start(slot);
        Populate();
    }

    /// <summary>What was broken; null where all was kept.</summary>
    public string? Broken => _ruling.Broken;

    public Trace Trace => _trace;

    /// <summary>Plays the run to its end; answers what was broken, or null.</summary>
    public string? Play()
    {
        while (_deeds > 0 && _ruling.Broken is null && _trace.Steps < MostSteps) Step();
        Calm();
        if (_ruling.Broken is null) JudgeTheEnd();
        return _ruling.Broken;
    }

    public void Dispose()
    {
        foreach (var slot in _slots) slot.Node?.Crash();
        _truth.Dispose();
        _store.Dispose();
    }

    private void Populate()
    {
        foreach (var name in Town.Users)
        {
            var user = _truth.UserNamed(name);
            Account account = new(_accounts.Count, user, name);
            _accounts.Add(account);
            for (var devices = _random.Next(1, 3); devices > 0; devices--)
                _devices.Add(new(_devices.Count, account, _clock, new Random(_random.Next()), _judge, Open));
        }
    }

    private void Start(Slot slot)
    {
        Steps steps = new(_random, _weather, () => Crash(slot), _truth.LookAgain);
        (slot.Steps, slot.StartAt) = (steps, null);
        slot.Node = new(slot.Number, _store.File, steps, _turn, _bus, _clock, _ruling);
        _trace.Add("start", slot.Number);
    }

    private void Crash(Slot slot)
    {
        _trace.Add("crash", slot.Number);
        var node = slot.Node!;
        node.Crash();
        _bus.Forget(node);
        _turn.Forget(slot.Steps!);
        foreach (var line in _lines.Where(line => line.Node == node)) line.Cut();
        slot.Node = null;
        slot.StartAt = _clock.Now + TimeSpan.FromMilliseconds(_random.Next(4_000));
    }

    private Line? Open(Device device, int connection)
    {
        var node = _slots[_random.Next(_slots.Length)].Node;
        if (node is not { IsUp: true }) return null;
        Line line = new($"line-{++_lineNumber}", node, _judge, _clock);
        _lines.Add(line);
        node.Accept(line);
        _trace.Add($"connect to {node.Number}", device.Number, connection);
        return line;
    }

    private sealed class Slot(int number)
    {
        public int Number => number;
        public SteppedNode? Node { get; set; }
        public Steps? Steps { get; set; }
        public TimeSpan? StartAt { get; set; }
    }
}
