using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Server.Storage;

/// <summary>SQLite: one file beside its write-ahead log, full synchronisation, one writer and several readers.</summary>
internal sealed class SqliteDialect(string file) : Dialect
{
    // BUSY, NOMEM, IOERR, FULL, CANTOPEN, READONLY: the primary result codes that say nothing about the statement.
    private static readonly HashSet<int> Unavailable = [Busy, 7, 8, 10, 13, 14];
    private const int Busy = 5;

    private const int PageSize = 4096; // SQLite's own; a page of another size only makes the log somewhat longer or shorter

    // Of another process that writes. Whoever waits in the queue behind a request that waits so long is refused with it.
    private const int SecondsToWait = 1;

    // FULL, IOERR_WRITE: the mark of the commit is written last, and was not.
    private static readonly HashSet<int> Undone = [13, 10 | (3 << 8)];

    public override int Readers => 4;

    public override string Place => file;

    public override long LogLength => new FileInfo($"{file}-wal") is { Exists: true } log ? log.Length : 0;

    public override async Task<DbConnection> Open(CancellationToken cancel)
    {
        MakePrivate(file);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = SecondsToWait }.ToString());
        await connection.OpenAsync(cancel);

        // FULL: an acknowledged message survives a power cut. secure_delete: what is erased is overwritten in the file.
        // wal_autocheckpoint: Emptying does it, when nobody waits for an answer. journal_size_limit: what the log grew to while somebody read for long
        // is given back.
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA journal_size_limit = {Emptying.Enough};
            PRAGMA foreign_keys = ON;
            PRAGMA secure_delete = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -16000;
            """;
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    // Immediate: a write that has begun never finds another writer in its way at its first change.
    public override Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancel) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override Task<DbTransaction> BeginSnapshot(DbConnection connection, CancellationToken cancel) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override string Among(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override Task LockForMigration(Sql sql) => Task.CompletedTask; // the immediate transaction is the lock

    public override async Task<bool> HasMigrations(Sql sql) =>
        await sql.One("SELECT 1 FROM sqlite_master WHERE name = 'chat_migration'", _ => true);

    public override bool IsLost(Exception exception) => false;

    public override bool IsUnavailable(Exception exception) => exception is SqliteException sqlite && Unavailable.Contains(sqlite.SqliteErrorCode);

    public override bool IsHeld(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy };

    public override bool IsUndone(Exception exception) => exception is SqliteException sqlite && Undone.Contains(sqlite.SqliteExtendedErrorCode);

    public override long Logged(DbConnection connection)
    {
        _ = raw.sqlite3_db_status(((SqliteConnection)connection).Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return (long)pages * PageSize;
    }

    // Not cut off: a commit into a log that must grow also has its new length to synchronise, and takes twice as long.
    public override Task<bool> Empty(Sql sql) => Checkpoint(sql, "PRAGMA wal_checkpoint(RESTART)", waitForReaders: true);

    // The log goes into the file, where secure_delete has overwritten what was erased, and is cut off.
    public override Task<bool> Scrub(Sql sql, bool waitForReaders) => Checkpoint(sql, "PRAGMA wal_checkpoint(TRUNCATE)", waitForReaders);

    // Needs a moment in which nobody reads from the log; with a time-out for being busy, SQLite sends new readers to the file and waits for the old ones.
    private static async Task<bool> Checkpoint(Sql sql, string how, bool waitForReaders)
    {
        if (waitForReaders) await sql.Query("PRAGMA busy_timeout = 100", _ => 0);
        var busy = await sql.One(how, row => row.GetInt64(0));
        if (waitForReaders) await sql.Query("PRAGMA busy_timeout = 0", _ => 0);
        return busy == 0;
    }

    // The log and its index take the mode of the file they belong to.
    private static void MakePrivate(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file)) return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var created = File.Open(file, options);
    }
}
