using Chat.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Support;

/// <summary>
/// A place for one database, gone afterwards: a folder for SQLite, or a database of the tests' own PostgreSQL server. Tests that do not say
/// which get the one that the environment names: CHAT_TEST_DATABASE is sqlite or postgres.
/// </summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Migrated = new(MakeTemplate);
    private readonly string? _folder;
    private readonly PostgresServer? _server;
    private readonly string? _database;

    private TestStorage(string folder) => _folder = folder;

    private TestStorage(PostgresServer server, string database) => (_server, _database) = (server, database);

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

    /// <summary>A database that is not there yet, or empty.</summary>
    public static async Task<TestStorage> Empty(string? provider = null) => await Make(provider ?? Usual, empty: true);

    /// <summary>A database that may be migrated already, for whoever only wants one.</summary>
    public static async Task<TestStorage> Ready(string? provider = null) => await Make(provider ?? Usual, empty: false);

    public Dialect NewDialect() => _server is null ? new SqliteDialect(File) : new PostgresDialect(_server.ConnectionString(_database!));

    public Task<Database> Open(TimeProvider? clock = null) => Database.Open(NewDialect(), clock ?? new ManualClock(), NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
        if (_server is not null) await _server.Drop(_database!);
    }

    private static async Task<TestStorage> Make(string provider, bool empty)
    {
        if (provider == StorageOptions.Sqlite) return new(Directory.CreateTempSubdirectory("chat-").FullName);
        var server = await PostgresServer.Shared;
        return new(server, empty ? await server.NewDatabase() : await server.NewDatabase(await Migrated.Value));
    }

    private static async Task<string> MakeTemplate()
    {
        var server = await PostgresServer.Shared;
        var name = await server.NewDatabase();
        await (await Database.Open(new PostgresDialect(server.ConnectionString(name)), TimeProvider.System, NullLogger.Instance)).DisposeAsync();
        return name;
    }
}
