using Chat.Tests.Simulation.Judging;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>
/// The thread pool of one simulated node: whatever the server would do "later" waits here until the run gives it a turn, on the run's only
/// thread and in the order that the seed says. A node that has crashed gets no turn any more.
/// </summary>
internal sealed class Turns(Ruling ruling) : TaskScheduler
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Task> _ready = [];

    public int Ready => _ready.Count;

    public bool IsOver { get; private set; }

    public void RunOne(Random random)
    {
        var at = random.Next(_ready.Count);
        var task = _ready[at];
        _ready.RemoveAt(at);
        TryExecuteTask(task);
    }

    public void End()
    {
        IsOver = true;
        _ready.Clear();
    }

    /// <summary>Something that the node begins to do.</summary>
    public Task Begin(Func<Task> deed) => Task.Factory.StartNew(deed, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread) ruling.Fail("a part of the server left the run's thread: the run cannot be repeated");
        else if (!IsOver) _ready.Add(task);
    }

    // What continues at once and what later is the seed's choice, not the framework's.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
