namespace Chat.Tests.Client;

/// <summary>Tests wait for what they expect, never for time to pass; the limit only keeps a broken one from hanging.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    /// <summary>Ends when the token is cancelled.</summary>
    public static Task UntilCancelled(this CancellationToken cancel)
    {
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cancel.Register(cancelled.SetResult);
        return cancelled.Task;
    }
}
