namespace Chat.Tests.Simulation.Nodes;

/// <summary>
/// Which node may write to the store they share. SQLite would hold up the run's only thread instead of waiting; PostgreSQL waits as it is done here.
/// </summary>
internal sealed class WriteTurn(Random random)
{
    private readonly List<(Steps Node, TaskCompletionSource Turn)> _waiting = [];
    private Steps? _holder;

    public bool IsFree => _holder is null;

    public Task Take(Steps node)
    {
        if (_holder is null)
        {
            _holder = node;
            return Task.CompletedTask;
        }
        TaskCompletionSource turn = new();
        _waiting.Add((node, turn));
        return turn.Task;
    }

    public void GiveBack(Steps node)
    {
        if (_holder != node) return;
        _holder = null;
        if (_waiting.Count == 0) return;
        var at = random.Next(_waiting.Count);
        var (next, turn) = _waiting[at];
        _waiting.RemoveAt(at);
        _holder = next;
        turn.SetResult();
    }

    public void Forget(Steps node)
    {
        _waiting.RemoveAll(one => one.Node == node);
        GiveBack(node);
    }
}
