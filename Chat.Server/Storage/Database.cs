using System.Collections.Concurrent;
using System.Data.Common;
using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>
/// Where everything durable is. Reads see one moment of it and wait for no writer; writes are committed in groups (<see cref="GroupCommit"/>).
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly Dialect _dialect;
    private readonly GroupCommit _writer;
    private readonly SemaphoreSlim _readers;
    private readonly ConcurrentBag<Sql> _idle = [];
    private int _outages;
    private int _answered;

    private Database(Dialect dialect, string epoch, ILogger logger)
    {
        _dialect = dialect;
        Epoch = epoch;
        _readers = new SemaphoreSlim(dialect.Readers);
        _writer = new GroupCommit(Open, dialect, logger);
    }

    /// <summary>Names this history: random, made with the database, changed when a backup is restored.</summary>
    public string Epoch { get; }

    /// <summary>Where the data is, for people to read.</summary>
    public string Place => _dialect.Place;

    /// <summary>Opens the database, making and migrating it first. Throws <see cref="StartRefused"/>.</summary>
    public static async Task<Database> Open(Dialect dialect, TimeProvider clock, ILogger logger)
    {
        await using var sql = new Sql(await dialect.OpenToMigrate(CancellationToken.None), dialect);
        await Migrations.Apply(sql, dialect, clock);
        Database database = new(dialect, await EpochOf(sql), logger);

        // SQLite moves the whole log into the file when the last connection is closed, and everybody would wait for it.
        database._idle.Add(await database.Open(CancellationToken.None));
        return database;
    }

    /// <summary>Queries that see one and the same moment. Throws <see cref="StorageFault"/>.</summary>
    public async Task<T> Read<T>(Func<Sql, Task<T>> read)
    {
        var outages = Volatile.Read(ref _outages);
        await _readers.WaitAsync();
        var answered = Volatile.Read(ref _answered);
        Sql? sql = null;
        try
        {
            // Who waited meanwhile has waited as long as the one that found out, and would wait as long again.
            if (outages != Volatile.Read(ref _outages)) throw new StorageFault(Refusal.StorageUnavailable);
            (sql, var begun) = await BeginReading();
            await using var snapshot = begun;
            sql.Transaction = snapshot;
            var result = await read(sql);
            await snapshot.CommitAsync();
            sql.Transaction = null;
            _idle.Add(sql);
            Interlocked.Increment(ref _answered);
            return result;
        }
        catch (Exception exception)
        {
            if (sql is not null) await sql.DisposeAsync();
            if (!_dialect.IsUnavailable(exception)) throw;
            // Where others were answered meanwhile, it is this one alone that failed.
            if (answered == Volatile.Read(ref _answered)) Interlocked.Increment(ref _outages);
            throw _dialect.Fault(exception);
        }
        finally
        {
            _readers.Release();
            _writer.ReaderLeft();
        }
    }

    /// <summary>
    /// Changes that are stored all or not at all. Not cancelled when the caller has gone: what was begun is finished.
    /// Throws <see cref="StorageFault"/>.
    /// </summary>
    public Task<T> Write<T>(Func<Sql, Task<T>> write) => _writer.Write(write);

    /// <summary>
    /// Makes what was erased unreadable in the files, soon and never in the way of a request. Asked for after the commit of a write, it is
    /// tried before that write is answered.
    /// </summary>
    public void Scrub() => _writer.Scrub();

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        foreach (var sql in _idle) await sql.DisposeAsync();
        _readers.Dispose();
    }

    // The idle connections may have been closed meanwhile, when the database server was restarted.
    private async Task<(Sql Sql, DbTransaction Snapshot)> BeginReading()
    {
        while (true)
        {
            var kept = _idle.TryTake(out var sql);
            sql ??= await Open(CancellationToken.None);
            try
            {
                return (sql, await _dialect.BeginSnapshot(sql.Connection, CancellationToken.None));
            }
            catch (Exception exception)
            {
                await sql.DisposeAsync();
                if (!kept || !_dialect.IsLost(exception)) throw;
            }
        }
    }

    private async Task<Sql> Open(CancellationToken cancel) => new(await _dialect.Open(cancel), _dialect);

    private static async Task<string> EpochOf(Sql sql)
    {
        await sql.Change("INSERT INTO chat_setting (name, value) VALUES ('epoch', @epoch) ON CONFLICT (name) DO NOTHING", ("epoch", Guid.NewGuid().ToString("N")));
        return (await sql.One("SELECT value FROM chat_setting WHERE name = 'epoch'", row => row.GetString(0)))!;
    }
}
