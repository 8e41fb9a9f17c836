using Chat.Tests.Simulation.Clients;
using Chat.Tests.Simulation.Nodes;

namespace Chat.Tests.Simulation;

/// <summary>What may happen next, and how it is chosen.</summary>
internal sealed partial class World
{
    private static readonly TimeSpan[] Moments =
        [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    private readonly List<(double Weight, Action Happen)> _choices = [];

    private void Step()
    {
        var busy = _slots.Where(slot => slot.Node is { Turns.Ready: > 0 }).ToList();
        if (busy.Count > 0 && _random.NextDouble() < 0.85)
        {
            var slot = busy[_random.Next(busy.Count)];
            _trace.Add("turn", slot.Number, slot.Node!.Turns.Ready);
            slot.Node.Turns.RunOne(_random);
            return;
        }

        _choices.Clear();
        foreach (var device in _devices) AddDeliveries(device);
        if (_bus.UnderWay > 0) _choices.Add((2, DeliverHint));
        // While a node has something to do, no time passes: what takes long is chosen, not left to a slow run.
        if (busy.Count == 0) _choices.Add((_choices.Count == 0 ? 1 : 0.2, LetTimePass));
        if (!_isFair) AddTrouble();
        if (_choices.Count > 0) Choose().Invoke();
        else busy[_random.Next(busy.Count)].Node!.Turns.RunOne(_random);
    }

    private Action Choose()
    {
        var point = _random.NextDouble() * _choices.Sum(choice => choice.Weight);
        foreach (var (weight, happen) in _choices)
        {
            if ((point -= weight) < 0) return happen;
        }
        return _choices[^1].Happen;
    }

    private void AddDeliveries(Device device)
    {
        if (device.Line is not { } line) return;
        if (line.CanRead(_clock.Now)) _choices.Add((2, () => Read(device)));
        if (line.CanCall) _choices.Add((2, () => Dispatch(line)));
        if (!line.IsOpen && line.ToClient == 0) _choices.Add((1, () => Notice(device)));
    }

    private void AddTrouble()
    {
        _choices.Add((_devices.Exists(device => device.IsLive) ? 0.7 : 0.1, NextDeed));
        _choices.Add((_weather.Crash, CrashOne));
        _choices.Add((_weather.Cut, () => OnALine(line => { _trace.Add("cut"); line.Cut(); })));
        _choices.Add((_weather.Silence, SilenceOne));
        _choices.Add((_weather.Stop, () => OnALine(line => { _trace.Add("stop"); line.StoppedUntil = _clock.Now + TimeSpan.FromSeconds(_random.Next(1, 25)); })));
        _choices.Add((_weather.Restart, RestartOne));
        _choices.Add((_weather.ClockJump, () => { _trace.Add("jump"); _clock.Jump(TimeSpan.FromMinutes(_random.Next(-120, 120))); }));
    }

    private void Read(Device device)
    {
        _trace.Add("read", device.Number);
        device.Read();
    }

    private void Dispatch(Line line)
    {
        var begun = _judge.Now;
        var session = line.Connection!.Session;
        var method = line.DispatchOne((called, request, answer) => _judge.Answered(line, session, called, request, answer, begun));
        _trace.Add(method, line.Node.Number);
    }

    private void Notice(Device device)
    {
        _trace.Add("notice", device.Number);
        device.Lose();
    }

    private void DeliverHint()
    {
        _trace.Add("hint");
        _bus.DeliverOne();
    }

    private void CrashOne()
    {
        if (_slots[_random.Next(_slots.Length)] is { Node: not null } slot) Crash(slot);
    }

    private void OnALine(Action<Line> trouble)
    {
        if (_devices[_random.Next(_devices.Count)].Line is { } line) trouble(line);
    }

    private void SilenceOne()
    {
        var device = _devices[_random.Next(_devices.Count)];
        if (device.Line is not { IsSilent: false, IsOpen: true }) return;
        _trace.Add("silence", device.Number);
        device.FallSilent();
    }

    private void RestartOne()
    {
        var device = _devices[_random.Next(_devices.Count)];
        _trace.Add("restart", device.Number);
        device.Restart();
    }

    private void LetTimePass()
    {
        var now = _clock.Now;
        var by = Moments[_random.Next(Moments.Length)];
        foreach (var due in Dues())
        {
            if (due - now < by) by = due - now;
        }
        if (_clock.NextRing < by) by = _clock.NextRing.Value;
        if (by < TimeSpan.Zero) by = TimeSpan.Zero;
        _trace.Add("time", by.Ticks);
        _clock.Advance(by);

        now = _clock.Now;
        foreach (var slot in _slots)
        {
            if (slot.StartAt <= now) Start(slot);
            if (slot.Node?.NextRecurrence <= now) Recur(slot.Node);
        }
        foreach (var device in _devices.Where(device => device.DueAt <= now)) device.Tick();
    }

    private void Recur(SteppedNode node)
    {
        _lines.RemoveAll(line => !line.IsOpen);
        foreach (var line in _lines.Where(line => line.Node == node && !line.IsSilent)) line.Connection?.Heard();
        node.Recur();
    }

    private IEnumerable<TimeSpan> Dues()
    {
        foreach (var slot in _slots)
        {
            if (slot.StartAt is { } start) yield return start;
            if (slot.Node is { } node) yield return node.NextRecurrence;
        }
        foreach (var device in _devices)
        {
            if (device.DueAt is { } due) yield return due;
            if (device.Line is { } line && line.StoppedUntil > _clock.Now) yield return line.StoppedUntil;
        }
    }
}
