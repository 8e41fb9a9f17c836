using Chat.Server.Delivery;
using Chat.Tests.Simulation.Judging;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>
/// One connection of a client to a node, both its directions. What was said arrives in order or not at all, at a time that the run decides. It can be
/// cut, so that both ends hear of it, or fall silent, so that neither does; and its client can stop reading.
/// </summary>
internal sealed class Line(string name, SteppedNode node, Judge judge, VirtualClock clock) : ILink
{
    // What the pipes and buffers between the two take before a writer has to wait.
    private const int Room = 4;
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(500);

    private readonly Queue<object> _down = [];
    private readonly Queue<(string Method, object Request, Action<object> Answer)> _up = [];
    private readonly Queue<TaskCompletionSource> _writers = [];
    private TaskCompletionSource? _calling;
    private bool _isClosing;

    public string Name => name;

    public SteppedNode Node => node;

    public Connection? Connection { get; private set; }

    /// <summary>Both ends are there, as far as the server knows.</summary>
    public bool IsOpen { get; private set; } = true;

    public bool IsSilent { get; set; }

    /// <summary>Until then the client reads nothing.</summary>
    public TimeSpan StoppedUntil { get; set; }

    public int ToClient => _down.Count;

    /// <summary>A call is on its way or not answered yet.</summary>
    public bool IsCalled => _calling is not null || _up.Count > 0;

    public bool CanCall => IsOpen && !IsSilent && _calling is null && Connection is { IsClosed: false } && _up.Count > 0;

    public bool CanRead(TimeSpan now) => !IsSilent && now >= StoppedUntil && _down.Count > 0;

    public void Opened(Connection connection) => Connection = connection;

    public void Call(string method, object request, Action<object> answer) => _up.Enqueue((method, request, answer));

    /// <summary>The next call reaches the node. SignalR lets one call of a connection in at a time.</summary>
    public string DispatchOne(Action<string, object, object> watch)
    {
        var (method, request, answered) = _up.Dequeue();
        var calling = _calling = new();
        node.Call(this, method, request, answer =>
        {
            _calling = null;
            watch(method, request, answer);
            _ = Say(new Answered(answered, answer));
            calling.SetResult();
        });
        return method;
    }

    /// <summary>The next thing reaches the client.</summary>
    public object ReadOne()
    {
        var next = _down.Dequeue();
        if (_writers.TryDequeue(out var writer)) writer.SetResult();
        return next;
    }

    public ValueTask Write(Frame frame)
    {
        judge.Ruling.Hold(!_isClosing, $"I12: {frame.Method} was written to a connection that had been closed");
        if (!IsOpen) return default; // SignalR drops what is written to a connection that is gone
        judge.Written(this, frame);
        return new(Say(frame));
    }

    public void Close(Frame? last, Task callUnderWay)
    {
        _isClosing = true;
        _ = CloseAfter(last, callUnderWay);
    }

    /// <summary>The network let go of it, or the client did. Of a silent one the server does not hear.</summary>
    public void Cut()
    {
        if (!IsOpen || IsSilent) return;
        IsOpen = false;
        _down.Clear();
        _up.Clear();
        while (_writers.TryDequeue(out var writer)) writer.SetException(new IOException("The connection was cut."));
        node.Leave(this);
    }

    private async Task CloseAfter(Frame? last, Task callUnderWay)
    {
        await callUnderWay;
        if (_calling is { } calling) await calling.Task; // its answer is written first
        if (last is not null) await Say(last).WaitAsync(LastWord, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _ = Say(End.Value);
        node.Leave(this);
        IsOpen = false;
    }

    private Task Say(object what)
    {
        if (!IsOpen) return Task.CompletedTask;
        _down.Enqueue(what);
        if (_down.Count <= Room) return Task.CompletedTask;
        TaskCompletionSource writer = new(); // whoever waits goes on in a turn of its own anyway
        _writers.Enqueue(writer);
        return writer.Task;
    }

    /// <summary>An answer on its way to whoever called.</summary>
    internal sealed record Answered(Action<object> Answer, object Value);

    /// <summary>The server closed the connection; nothing comes behind this.</summary>
    internal sealed record End
    {
        public static readonly End Value = new();
    }
}
