using Chat.Client;

namespace Chat.Cli.Calls;

/// <summary>
/// How long a command waits for its server: long enough for a restart, short enough for a script. And why it was given up.
/// </summary>
internal sealed class Patience : IDisposable
{
    /// <summary>Of the 5 seconds in which an unreachable server is told, some belong to starting and ending the program.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3.5);

    private readonly CancellationTokenSource _unreachable = new();
    private readonly CancellationTokenSource _closedPipe = new();
    private readonly CancellationTokenSource _either;
    private readonly bool _isEndless;

    /// <param name="wait">Waits for a server that cannot be reached, however long.</param>
    public Patience(bool wait, CancellationToken interrupted)
    {
        _isEndless = wait;
        _either = CancellationTokenSource.CreateLinkedTokenSource(_unreachable.Token, _closedPipe.Token, interrupted);
        if (!wait) _unreachable.CancelAfter(Limit);
    }

    public CancellationToken Cancel => _either.Token;

    public bool IsUnreachable => _unreachable.IsCancellationRequested;

    public bool IsUnread => _closedPipe.IsCancellationRequested;

    /// <summary>The server was reached, or lost.</summary>
    /// <param name="stays">A command that goes on until it is ended outlives its server.</param>
    public void See(ChatState state, bool stays)
    {
        if (_isEndless) return;
        if (state == ChatState.Live) _unreachable.CancelAfter(Timeout.InfiniteTimeSpan);
        else if (state == ChatState.Reconnecting && !stays) _unreachable.CancelAfter(Limit);
    }

    /// <summary>It was reached, and its no will not change soon.</summary>
    public void GiveUp() => _unreachable.Cancel();

    /// <summary>Nobody reads the output any more.</summary>
    public void EndUnread() => _closedPipe.Cancel();

    public void Dispose()
    {
        _either.Dispose();
        _unreachable.Dispose();
    }
}
