using System.Data.Common;
using Chat.Server.Storage;

namespace Chat.Tests.Faults.Power;

/// <summary>The real thing but for one setting: commits are not synchronised, checkpoints are.</summary>
internal sealed class HalfSynced(SqliteDialect whole) : Dialect
{
    public override int Readers => whole.Readers;

    public override string Place => whole.Place;

    public override long LogLength => whole.LogLength;

    public override async Task<DbConnection> Open(CancellationToken cancel)
    {
        var connection = await whole.Open(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = NORMAL";
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancel) => whole.Begin(connection, cancel);

    public override Task<DbTransaction> BeginSnapshot(DbConnection connection, CancellationToken cancel) => whole.BeginSnapshot(connection, cancel);

    public override string Among(string column, string parameter) => whole.Among(column, parameter);

    public override Task LockForMigration(Sql sql) => whole.LockForMigration(sql);

    public override Task<bool> HasMigrations(Sql sql) => whole.HasMigrations(sql);

    public override bool IsLost(Exception exception) => whole.IsLost(exception);

    public override bool IsUnavailable(Exception exception) => whole.IsUnavailable(exception);

    public override bool IsHeld(Exception exception) => whole.IsHeld(exception);

    public override bool IsUndone(Exception exception) => whole.IsUndone(exception);

    public override long Logged(DbConnection connection) => whole.Logged(connection);

    public override Task<bool> Empty(Sql sql) => whole.Empty(sql);

    public override Task<bool> Scrub(Sql sql, bool waitForReaders) => whole.Scrub(sql, waitForReaders);
}
