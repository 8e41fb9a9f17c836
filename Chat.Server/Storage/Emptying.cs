namespace Chat.Server.Storage;

/// <summary>
/// Keeps the write-ahead log short, so that there is little to mend after a crash and little to search for readers. SQLite's own way, at the end of
/// a commit, keeps the commit waiting, and begins the log anew only where nobody reads at that moment: under load somebody always does, and it grew
/// without end. Never fails: what could not be done is tried again when the log has grown by as much.
/// </summary>
internal sealed partial class Emptying(Dialect dialect, ILogger logger)
{
    public const long Enough = 4 * 1024 * 1024;

    private long _length = dialect.LogLength; // of what is in use, at most: the file is longer, and scrubbing is not taken into account
    private bool _isLeftOver = dialect.LogLength > 0; // of a crash: it may hold texts that were erased
    private long _limit = Enough;

    /// <summary>Outside a transaction, when those who were waiting have been answered.</summary>
    public async Task Try(Sql sql)
    {
        _length += dialect.Logged(sql.Connection);
        if (_length < _limit) return;
        _limit = _length + Enough;
        try
        {
            if (await (_isLeftOver ? dialect.Scrub(sql, waitForReaders: true) : dialect.Empty(sql))) (_length, _limit, _isLeftOver) = (0, Enough, false);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(105, LogLevel.Warning, "The write-ahead log could not be emptied yet; it will be tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
