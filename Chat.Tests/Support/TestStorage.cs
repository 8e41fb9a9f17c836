using System.Collections.Concurrent;
using Chat.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Support;

/// <summary>
/// A place for one database, gone afterwards: a folder for SQLite, or a database of the tests' own PostgreSQL server. Tests that do not say
/// which get the one that the environment names: CHAT_TEST_DATABASE is sqlite or postgres.
/// </summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private static readonly ConcurrentBag<string> Clean = [];
    private readonly string? _folder;
    private readonly PostgresServer? _server;
    private readonly string? _database;
    private readonly bool _isUsedAgain;

    private TestStorage(string folder) => _folder = folder;

    private TestStorage(PostgresServer server, string database, bool isUsedAgain) => (_server, _database, _isUsedAgain) = (server, database, isUsedAgain);

    public static string Usual { get; } = Environment.GetEnvironmentVariable("CHAT_TEST_DATABASE") switch
    {
        null or "" or StorageOptions.Sqlite => StorageOptions.Sqlite,
        StorageOptions.Postgres => StorageOptions.Postgres,
        var other => throw new InvalidOperationException($"CHAT_TEST_DATABASE is {other} and should be sqlite or postgres."),
    };

    /// <summary>SQLite's one.</summary>
    public string File => Path.Combine(_folder ?? throw new InvalidOperationException("PostgreSQL has no file of its own for a database."), "chat.db");

    /// <summary>What makes a server use this database; none where that is the one in its data folder.</summary>
    public string[] Settings => _server is null ? [] : [$"--Storage:Provider={StorageOptions.Postgres}", $"--Storage:ConnectionString={_server.ConnectionString(_database!)}"];

    /// <summary>A database that is empty, or not there yet.</summary>
    public static async Task<TestStorage> Empty(string? provider = null)
    {
        if ((provider ?? Usual) == StorageOptions.Sqlite) return new(Directory.CreateTempSubdirectory("chat-").FullName);
        var server = await PostgresServer.Shared;
        return new(server, await server.NewDatabase(), isUsedAgain: false);
    }

    /// <summary>An empty database on a PostgreSQL server that a test may stop.</summary>
    public static async Task<TestStorage> On(PostgresServer server) => new(server, await server.NewDatabase(), isUsedAgain: false);

    /// <summary>
    /// A database as it is after the migrations, for whoever will have closed it in the end. On PostgreSQL it is cleaned and used again:
    /// to make one and to drop it takes longer than most tests.
    /// </summary>
    public static async Task<TestStorage> Ready(string? provider = null)
    {
        if ((provider ?? Usual) == StorageOptions.Sqlite) return await Empty(provider);
        var server = await PostgresServer.Shared;
        if (!Clean.TryTake(out var database)) database = await MakeReady(server);
        return new(server, database, isUsedAgain: true);
    }

    public Dialect NewDialect() => _server is null ? new SqliteDialect(File) : new PostgresDialect(_server.ConnectionString(_database!));

    public Task<Database> Open(TimeProvider? clock = null) => Database.Open(NewDialect(), clock ?? new ManualClock(), NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
        if (_server is null) return;
        if (_isUsedAgain)
        {
            await _server.Command(CleanUp, _database!);
            Clean.Add(_database!);
        }
        else
        {
            await _server.Drop(_database!);
        }
    }

    private static async Task<string> MakeReady(PostgresServer server)
    {
        var name = await server.NewDatabase();
        await (await Database.Open(new PostgresDialect(server.ConnectionString(name)), TimeProvider.System, NullLogger.Instance)).DisposeAsync();
        await server.Command(Remember, name);
        return name;
    }

    private const string Remember = """
        CREATE SCHEMA fresh;
        DO $$ DECLARE name TEXT; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('CREATE TABLE fresh.%1$I AS TABLE public.%1$I', name);
            END LOOP;
        END $$
        """;

    // Without looking at the references between the tables.
    private const string CleanUp = """
        DO $$ DECLARE name TEXT; BEGIN
            SET session_replication_role = replica;
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('DELETE FROM public.%1$I', name);
                EXECUTE format('INSERT INTO public.%1$I SELECT * FROM fresh.%1$I', name);
            END LOOP;
        END $$
        """;
}
