using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace Chat.Server.Storage;

/// <summary>
/// PostgreSQL: a server that several nodes may share. The nodes write one after another, as the requests of one node do, so that what a write
/// has looked at stays true until its commit (docs/decisions/0006).
/// </summary>
internal sealed partial class PostgresDialect(string connectionString) : Dialect
{
    // What the settings leave open. A server that has stopped answering is given up within seconds.
    private const string Usual = """
        Application Name=SignalRChat;Timeout=3;Command Timeout=6;Cancellation Timeout=-1;Max Auto Prepare=500;
        Server Compatibility Mode=NoTypeLoading;
        Tcp Keepalive=true;Tcp Keepalive Time=15;Tcp Keepalive Interval=5
        """;

    // Connections are kept by whoever uses them, so a pool would only hide which of them were lost.
    private const string Always = "Pooling=false;Enlist=false";

    // Of a session: an acknowledged message survives a power cut, whatever the server's default is; a node that froze in the middle of a write
    // is thrown out; and whoever waits for somebody else's lock is soon told that it is busy.
    private const string Session = """
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        SET idle_in_transaction_session_timeout = '4s';
        SET lock_timeout = '1s';
        SET statement_timeout = '6s';
        """;

    private const string LockNotAvailable = "55P03";

    private readonly NpgsqlDataSource _server = NpgsqlDataSource.Create(Settings(connectionString).ToString());
    private readonly NpgsqlDataSource _patient = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Settings(connectionString).ToString()) { CommandTimeout = 0 });

    public override int Readers => 8;

    public override string Place
    {
        get
        {
            var settings = Settings(connectionString);
            return $"PostgreSQL {settings.Database ?? settings.Username} at {settings.Host}:{settings.Port}";
        }
    }

    /// <summary>Whether it can be told from these settings where the server is.</summary>
    public static bool CanRead(string connectionString)
    {
        try
        {
            return Settings(connectionString).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public override async Task<DbConnection> Open(CancellationToken cancel)
    {
        var connection = await _server.OpenConnectionAsync(cancel);
        await Run(connection, Session, cancel);
        return connection;
    }

    // A migration takes as long as it takes, and waits for that of another node.
    public override async Task<DbConnection> OpenToMigrate(CancellationToken cancel)
    {
        var connection = await _patient.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("SHOW server_encoding", connection);
        if (await command.ExecuteScalarAsync(cancel) is "UTF8") return connection;
        await connection.DisposeAsync();
        throw new StartRefused($"The database {Place} does not keep its texts as UTF8: make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.");
    }

    // Committed reads, because each statement has to see what was committed before the lock was taken.
    public override Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancel) =>
        Begin(connection, IsolationLevel.ReadCommitted, "SELECT pg_advisory_xact_lock(1128808788)", cancel);

    public override Task<DbTransaction> BeginSnapshot(DbConnection connection, CancellationToken cancel) =>
        Begin(connection, IsolationLevel.RepeatableRead, "SET TRANSACTION READ ONLY", cancel);

    public override string Among(string column, string parameter) =>
        $"{column} = ANY (ARRAY (SELECT jsonb_array_elements_text(CAST({parameter} AS jsonb))))";

    public override Task LockForMigration(Sql sql) => Task.CompletedTask; // the writers' lock is the lock

    public override Task<bool> HasMigrations(Sql sql) =>
        sql.One("SELECT to_regclass('chat_migration') IS NOT NULL", row => row.GetBoolean(0));

    // Texts are in the order of their bytes, as in SQLite, and not in that of the language the database was made with.
    public override string Schema(string migration) => Text().Replace(migration, "TEXT COLLATE \"C\"");

    public override bool IsLost(Exception exception) => exception switch
    {
        PostgresException said => said.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => exception.InnerException is IOException or SocketException,
        _ => false,
    };

    // Classes: 08 connection, 25 the session ended or the server only reads, 40 given up in favour of another transaction, 53 resources,
    // 55 in use, 57 stopped by somebody, 58 the server's system. What is not said by the server is said by the network.
    public override bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException said => said.SqlState[..2] is "08" or "40" or "53" or "57" or "58" || said.SqlState is "25P03" or "25006" or LockNotAvailable,
        _ => exception is NpgsqlException,
    };

    public override bool IsHeld(Exception exception) => exception is PostgresException { SqlState: LockNotAvailable };

    // What was overwritten is in the hands of the server's own vacuum.
    public override Task<bool> Scrub(Sql sql, bool waitForReaders) => Task.FromResult(true);

    private static NpgsqlConnectionStringBuilder Settings(string connectionString) => new($"{Usual};{connectionString};{Always}");

    // The first statement travels together with the BEGIN, and finds out whether a connection that was kept still is one.
    private static async Task<DbTransaction> Begin(DbConnection connection, IsolationLevel level, string first, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(level, cancel);
        try
        {
            await Run((NpgsqlConnection)connection, first, cancel);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    private static async Task Run(NpgsqlConnection connection, string text, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    [GeneratedRegex(@"\bTEXT\b")]
    private static partial Regex Text();
}
