namespace Chat.Client.Driving;

/// <summary>Where calls wait for a connection that is logged in.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<Link> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    /// <summary>The present connection, as soon as there is one; faulted for good once the client has ended.</summary>
    public Task<Link> Opened
    {
        get
        {
            lock (_lock) return _open.Task;
        }
    }

    public void Open(Link link)
    {
        lock (_lock)
        {
            if (!_ended) _open.TrySetResult(link);
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            if (!_ended && _open.Task.IsCompleted) _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void End(Exception why)
    {
        lock (_lock)
        {
            if (_ended) return;
            _ended = true;
            if (_open.Task.IsCompleted) _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _open.SetException(why);
            _ = _open.Task.Exception; // nobody may be waiting
        }
    }
}
