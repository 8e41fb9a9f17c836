using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>A connection whose statements may have to wait for others' turns.</summary>
internal sealed class SteppedConnection(SqliteConnection inner, Steps steps, WriteTurn turn) : DbConnection
{
    public SqliteConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }
    public override string Database => inner.Database;
    public override string DataSource => inner.DataSource;
    public override string ServerVersion => inner.ServerVersion;
    public override ConnectionState State => inner.State;

    public override void Open() => inner.Open();
    public override void Close() => inner.Close();
    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException("The dialect begins transactions.");
    protected override DbCommand CreateDbCommand() => new SteppedCommand(this, inner.CreateCommand(), steps, turn);

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

internal sealed class SteppedCommand(SteppedConnection connection, SqliteCommand inner, Steps steps, WriteTurn turn) : DbCommand
{
    private DbTransaction? _transaction;

    [AllowNull]
    public override string CommandText { get => inner.CommandText; set => inner.CommandText = value!; }
    public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }
    public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set
        {
            _transaction = value;
            inner.Transaction = (SqliteTransaction?)(value as SteppedTransaction)?.Inner;
        }
    }

    public override void Cancel() => inner.Cancel();
    public override void Prepare() => inner.Prepare();
    public override int ExecuteNonQuery() => inner.ExecuteNonQuery();
    public override object? ExecuteScalar() => inner.ExecuteScalar();

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        await steps.Perhaps();
        if (_transaction is null) await turn.Take(steps);
        var changed = inner.ExecuteNonQuery();
        if (_transaction is null) turn.GiveBack(steps);
        return changed;
    }

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => inner.ExecuteReader(behavior);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        await steps.Perhaps();
        return inner.ExecuteReader(behavior);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

internal sealed class SteppedTransaction(DbConnection connection, DbTransaction inner, Func<Action, Task> commit, Action over) : DbTransaction
{
    private bool _isOver;

    public DbTransaction Inner => inner;
    public override IsolationLevel IsolationLevel => inner.IsolationLevel;
    public override bool SupportsSavepoints => true;
    protected override DbConnection DbConnection => connection;

    public override void Commit() => throw new NotSupportedException();

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await commit(inner.Commit);
        End();
    }

    public override void Rollback()
    {
        inner.Rollback();
        End();
    }

    public override void Save(string savepointName) => inner.Save(savepointName);
    public override void Rollback(string savepointName) => inner.Rollback(savepointName);
    public override void Release(string savepointName) => inner.Release(savepointName);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            End();
        }
        base.Dispose(disposing);
    }

    private void End()
    {
        if (_isOver) return;
        _isOver = true;
        over();
    }
}
