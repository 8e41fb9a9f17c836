namespace Chat.Server.Storage;

/// <summary>
/// What was erased still stands in the write-ahead log until the log is emptied, and that needs a moment in which nobody reads from it.
/// Whoever asks while a try is due shares it. Never fails: what could not be done stays owed.
/// </summary>
internal sealed partial class Scrubbing(Dialect dialect, ILogger logger)
{
    private volatile bool _asked;
    private volatile bool _owed;

    /// <summary>It was tried, and a reader was in the way.</summary>
    public bool IsOwed => _owed;

    public void Ask() => _asked = true;

    /// <summary>Outside a transaction. Readers are waited for at the first try only: one who reads for long must not slow down every batch.</summary>
    public async Task Try(Sql sql)
    {
        if (!_asked && !_owed) return;
        var first = _asked;
        _asked = false;
        try
        {
            _owed = !await dialect.Scrub(sql, waitForReaders: first);
        }
        catch (Exception exception)
        {
            _owed = true;
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(103, LogLevel.Warning, "Erased texts could not be scrubbed from the files yet; it will be tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
