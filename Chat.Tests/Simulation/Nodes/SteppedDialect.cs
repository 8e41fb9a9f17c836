using System.Data.Common;
using Chat.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>SQLite as one of several nodes sees it, step by step.</summary>
internal sealed class SteppedDialect(string file, Steps steps, WriteTurn turn) : Dialect
{
    private readonly SqliteDialect _inner = new(file);

    public override int Readers => 1;

    public override string Place => file;

    public override async Task<DbConnection> Open(CancellationToken cancel)
    {
        var connection = (SqliteConnection)await _inner.Open(cancel);
        steps.Opened(connection);
        return new SteppedConnection(connection, steps, turn);
    }

    public override async Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancel)
    {
        await steps.Perhaps();
        await turn.Take(steps);
        var inner = await _inner.Begin(Inner(connection), cancel);
        return new SteppedTransaction(connection, inner, steps.Commit, () => turn.GiveBack(steps));
    }

    public override async Task<DbTransaction> BeginSnapshot(DbConnection connection, CancellationToken cancel)
    {
        await steps.Perhaps();
        var inner = await _inner.BeginSnapshot(Inner(connection), cancel);
        steps.Reading++;
        return new SteppedTransaction(connection, inner, Leave, () => steps.Reading--);
    }

    public override string Among(string column, string parameter) => _inner.Among(column, parameter);

    public override Task LockForMigration(Sql sql) => _inner.LockForMigration(sql);

    public override Task<bool> HasMigrations(Sql sql) => _inner.HasMigrations(sql);

    public override bool IsLost(Exception exception) => _inner.IsLost(exception);

    public override bool IsUnavailable(Exception exception) => _inner.IsUnavailable(exception);

    public override bool IsHeld(Exception exception) => _inner.IsHeld(exception);

    // SQLite would wait for readers that only get their turn when it has come back.
    public override Task<bool> Scrub(Sql sql, bool waitForReaders) =>
        steps.Reading == 0 && turn.IsFree ? _inner.Scrub(sql, waitForReaders: false) : Task.FromResult(false);

    private static SqliteConnection Inner(DbConnection connection) => ((SteppedConnection)connection).Inner;

    // What was read is old by the time it is used.
    private async Task Leave(Action commit)
    {
        commit();
        await steps.Perhaps();
    }
}
