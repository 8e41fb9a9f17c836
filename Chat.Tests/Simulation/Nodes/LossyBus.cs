using Chat.Server.Delivery;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>Carries hints between the nodes of a run: later, in any order, twice or not at all, as the weather says.</summary>
internal sealed class LossyBus(Random random, Weather weather)
{
    private readonly List<(SteppedNode To, Hint Hint)> _underWay = [];
    private readonly List<End> _ends = [];

    public int UnderWay => _underWay.Count;

    public IBus Join(SteppedNode node)
    {
        End end = new(this, node);
        _ends.Add(end);
        return end;
    }

    public void Forget(SteppedNode node)
    {
        _ends.RemoveAll(end => end.Node == node);
        _underWay.RemoveAll(one => one.To == node);
    }

    /// <summary>Any of them arrives.</summary>
    public void DeliverOne()
    {
        var at = random.Next(_underWay.Count);
        var (node, hint) = _underWay[at];
        _underWay.RemoveAt(at);
        var end = _ends.Find(one => one.Node == node)!;
        node.Do(() => end.Hear(hint));
    }

    private void Tell(SteppedNode from, Hint hint)
    {
        foreach (var end in _ends)
        {
            if (end.Node == from || random.NextDouble() < weather.HintLoss) continue;
            _underWay.Add((end.Node, hint));
            if (random.NextDouble() < weather.HintDoubling) _underWay.Add((end.Node, hint));
        }
    }

    private sealed class End(LossyBus bus, SteppedNode node) : IBus
    {
        public SteppedNode Node => node;

        public event Action<Hint>? Heard;

        public void Tell(Hint hint) => bus.Tell(node, hint);

        public void Hear(Hint hint) => Heard?.Invoke(hint);
    }
}
