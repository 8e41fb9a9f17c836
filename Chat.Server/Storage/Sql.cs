using System.Data.Common;
using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>
/// One connection to the database, used by one caller at a time. Statements stay prepared for as long as the connection lives,
/// so the text of a statement is a constant and everything that varies is a parameter.
/// </summary>
internal sealed class Sql(DbConnection connection, Dialect dialect) : IAsyncDisposable
{
    private const int MostQueued = 100;

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private readonly List<Action> _afterCommit = [];
    private DbBatch? _batch;
    private int _queued; // statements of the batch that have still to be run

    public DbConnection Connection => connection;

    /// <summary>Rows of a query, in its order.</summary>
    public async Task<List<T>> Query<T>(string text, Func<DbDataReader, T> row, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Read(text, parameters);
        List<T> rows = [];
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>The only row of a query, or the default where there is none.</summary>
    public async Task<T?> One<T>(string text, Func<DbDataReader, T> row, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Read(text, parameters);
        return await reader.ReadAsync() ? row(reader) : default;
    }

    /// <summary>How many rows were changed.</summary>
    public async Task<int> Change(string text, params (string Name, object? Value)[] parameters)
    {
        if (_queued == 0) return await Command(text, parameters).ExecuteNonQueryAsync();

        Queue(text, parameters);
        await Send(batch => batch.ExecuteNonQueryAsync());
        return _batch!.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>
    /// Changes what nobody asks about before the next statement. Where statements travel to a server, it travels together with that one, and
    /// fails there.
    /// </summary>
    public async Task Run(string text, params (string Name, object? Value)[] parameters)
    {
        if (!connection.CanCreateBatch)
        {
            await Command(text, parameters).ExecuteNonQueryAsync();
            return;
        }
        Queue(text, parameters);
        if (_queued == MostQueued) await Flush();
    }

    /// <summary>Runs what is queued.</summary>
    public Task Flush() => _queued == 0 ? Task.CompletedTask : Send(batch => batch.ExecuteNonQueryAsync());

    /// <summary>A condition that a column's value is one of a JSON array of texts, given as parameter.</summary>
    public string Among(string column, string parameter) => dialect.Among(column, parameter);

    /// <summary>Done, in order, once what this write changed is on disk; forgotten when it is not.</summary>
    public void AfterCommit(Action deed) => _afterCommit.Add(deed);

    internal int Deeds => _afterCommit.Count;

    /// <summary>Forgets what is queued, too.</summary>
    internal void ForgetDeeds(int keep)
    {
        _afterCommit.RemoveRange(keep, _afterCommit.Count - keep);
        _queued = 0;
    }

    internal void DoDeeds()
    {
        foreach (var deed in _afterCommit) deed();
        _afterCommit.Clear();
    }

    internal DbTransaction? Transaction { get; set; }

    /// <summary>
    /// A batch failed before it was sent (a text that is no Unicode). Npgsql may take statements of it for prepared that the server has never
    /// seen, and would fail with them for as long as the connection lives.
    /// </summary>
    internal bool IsSpoilt { get; private set; }

    // The reader of a batch begins with the first statement that has rows, which is the last.
    private Task<DbDataReader> Read(string text, (string Name, object? Value)[] parameters)
    {
        if (_queued == 0) return Command(text, parameters).ExecuteReaderAsync();

        Queue(text, parameters);
        return Send(batch => batch.ExecuteReaderAsync());
    }

    private void Queue(string text, (string Name, object? Value)[] parameters)
    {
        _batch ??= connection.CreateBatch();
        if (_queued == 0) _batch.BatchCommands.Clear();
        var command = _batch.CreateBatchCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{name}";
            parameter.Value = Plain(value);
            command.Parameters.Add(parameter);
        }
        _batch.BatchCommands.Add(command);
        _queued++;
    }

    private async Task<T> Send<T>(Func<DbBatch, Task<T>> send)
    {
        _queued = 0;
        _batch!.Transaction = Transaction;
        try
        {
            return await send(_batch);
        }
        catch (Exception exception) when (exception is not DbException)
        {
            IsSpoilt = true;
            throw;
        }
    }

    private DbCommand Command(string text, (string Name, object? Value)[] parameters)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = text;
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@{name}"; // as in the text, or it is searched for under other names each time
                command.Parameters.Add(parameter);
            }
            _prepared.Add(text, command);
        }
        for (var i = 0; i < parameters.Length; i++) command.Parameters[i].Value = Plain(parameters[i].Value);
        command.Transaction = Transaction;
        return command;
    }

    private static object Plain(object? value) => value switch
    {
        null => DBNull.Value,
        ITextId id => id.Value,
        bool yes => yes ? 1L : 0L,
        int number => (long)number,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        Enum name => name.ToString(),
        _ => value,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values) await command.DisposeAsync();
        if (_batch is not null) await _batch.DisposeAsync();
        await connection.DisposeAsync();
    }
}

internal static class Rows
{
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static bool Yes(this DbDataReader row, int column) => row.GetInt64(column) != 0;

    public static TEnum Name<TEnum>(this DbDataReader row, int column) where TEnum : struct, Enum => Enum.Parse<TEnum>(row.GetString(column));
}
