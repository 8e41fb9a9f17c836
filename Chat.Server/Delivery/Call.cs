namespace Chat.Server.Delivery;

/// <summary>A call that a client made and that is not answered yet.</summary>
internal sealed class Call : IDisposable
{
    public static readonly Call None = new();

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static Call() => None.Dispose();

    public Task Ended => _ended.Task;

    public void Dispose() => _ended.TrySetResult();
}
