using System.Data.Common;
using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>
/// One connection to the database, used by one caller at a time. Statements stay prepared for as long as the connection lives,
/// so the text of a statement is a constant and everything that varies is a parameter.
/// </summary>
internal sealed class Sql(DbConnection connection, Dialect dialect) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private readonly List<Action> _afterCommit = [];

    public DbConnection Connection => connection;

    /// <summary>Rows of a query, in its order.</summary>
    public async Task<List<T>> Query<T>(string text, Func<DbDataReader, T> row, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Command(text, parameters).ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>The only row of a query, or the default where there is none.</summary>
    public async Task<T?> One<T>(string text, Func<DbDataReader, T> row, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Command(text, parameters).ExecuteReaderAsync();
        return await reader.ReadAsync() ? row(reader) : default;
    }

    /// <summary>How many rows were changed.</summary>
    public Task<int> Run(string text, params (string Name, object? Value)[] parameters) => Command(text, parameters).ExecuteNonQueryAsync();

    /// <summary>A condition that a column's value is one of a JSON array of texts, given as parameter.</summary>
    public string Among(string column, string parameter) => dialect.Among(column, parameter);

    /// <summary>Done, in order, once what this write changed is on disk; forgotten when it is not.</summary>
    public void AfterCommit(Action deed) => _afterCommit.Add(deed);

    internal int Deeds => _afterCommit.Count;

    internal void ForgetDeeds(int keep) => _afterCommit.RemoveRange(keep, _afterCommit.Count - keep);

    internal void DoDeeds()
    {
        foreach (var deed in _afterCommit) deed();
        _afterCommit.Clear();
    }

    internal DbTransaction? Transaction { get; set; }

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
