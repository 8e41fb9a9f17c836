using Chat.Server.Storage;
using Chat.Tests.Support;

namespace Chat.Tests.Storage;

/// <summary>How a database comes to be what the program needs, and what is refused.</summary>
public abstract class MigrationsSpec(string provider) : IAsyncLifetime
{
    private TestStorage _storage = null!;

    public async Task InitializeAsync() => _storage = await TestStorage.Empty(provider);

    public async Task DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task An_empty_database_is_made_ready_and_opening_it_again_changes_nothing()
    {
        var (epoch, applied) = await OpenOnce();

        applied.Should().BePositive();
        (await OpenOnce()).Should().Be((epoch, applied));
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_left_untouched()
    {
        await OpenOnce();
        await Run("INSERT INTO chat_migration (number, name, checksum, applied_at) VALUES (9999, 'of-tomorrow', 'x', 0)");
        await Run("DELETE FROM chat_setting");

        await Opening().Should().ThrowAsync<StartRefused>().WithMessage("The database is of a newer version (migration 9999)*");

        (await Count("chat_setting")).Should().Be(0, "not even an epoch was made");
    }

    [Fact]
    public async Task A_database_with_another_past_is_refused_and_left_untouched()
    {
        await OpenOnce();
        await Run("UPDATE chat_migration SET checksum = 'other' WHERE number = 1");
        await Run("DELETE FROM chat_setting");

        await Opening().Should().ThrowAsync<StartRefused>().WithMessage("Migration 1 (0001-the-chat*) of the database is not the one this program knows*");

        (await Count("chat_setting")).Should().Be(0);
    }

    [Fact]
    public async Task Several_servers_may_find_it_empty_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Patiently(() => _storage.Open()))));

        opened.Select(database => database.Epoch).Distinct().Should().ContainSingle();
        foreach (var database in opened) await database.DisposeAsync();
    }

    // On SQLite a data folder belongs to one server, so that there a refusal because of another one is answer enough.
    private static async Task<Database> Patiently(Func<Task<Database>> open)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await open();
            }
            catch (Microsoft.Data.Sqlite.SqliteException) when (tries < 20)
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task<(string Epoch, long Applied)> OpenOnce()
    {
        await using var database = await _storage.Open();
        return (database.Epoch, (await database.Read(sql => sql.One("SELECT COUNT(*) FROM chat_migration", row => row.GetInt64(0)))));
    }

    private Func<Task> Opening() => async () => await (await _storage.Open()).DisposeAsync();

    // Beside the program, as somebody with the database's own tools would.
    private async Task Run(string statement)
    {
        var dialect = _storage.NewDialect();
        await using Sql sql = new(await dialect.Open(CancellationToken.None), dialect);
        await sql.Change(statement);
    }

    private async Task<long> Count(string table)
    {
        var dialect = _storage.NewDialect();
        await using Sql sql = new(await dialect.Open(CancellationToken.None), dialect);
        return await sql.One($"SELECT COUNT(*) FROM {table}", row => row.GetInt64(0));
    }
}

public sealed class SqliteMigrations() : MigrationsSpec(StorageOptions.Sqlite);

public sealed class PostgresMigrations() : MigrationsSpec(StorageOptions.Postgres);
