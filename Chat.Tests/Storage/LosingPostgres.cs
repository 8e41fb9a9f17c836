using System.Diagnostics;
using System.Text;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Tests.Support;

namespace Chat.Tests.Storage;

/// <summary>A PostgreSQL server that stops, dies or falls silent while it is in use.</summary>
public sealed class LosingPostgres : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private TestDatabase _store = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.Start();
        _store = await TestDatabase.Open(await TestStorage.On(_server));
        await Write("before");
        await Read();
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_it_is_down_everything_is_refused_and_afterwards_the_first_try_succeeds(bool killed)
    {
        await (killed ? _server.Kill() : _server.Stop());

        await Refused(Refusal.StorageUnavailable, () => Write("meanwhile"));
        await Refused(Refusal.StorageUnavailable, Read);

        await _server.Begin();
        await Write("after");
        (await Read()).Should().Equal("after", "before");
    }

    [Fact]
    public async Task A_restart_that_nobody_noticed_costs_nobody_a_refusal()
    {
        await _server.Stop();
        await _server.Begin();

        (await Read()).Should().Equal("before");
        await Write("after");
    }

    [Fact]
    public async Task One_that_says_nothing_is_given_up_within_seconds()
    {
        _server.Freeze();
        var waited = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Refused(Refusal.StorageUnavailable, Read)).Append(Refused(Refusal.StorageUnavailable, () => Write("meanwhile"))));

        waited.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(15));
        _server.Thaw();
        await Write("after");
        (await Read()).Should().Contain(["after", "before"]);
    }

    [Fact]
    public async Task Who_loses_a_connection_by_oneself_takes_nobody_along()
    {
        var lost = _store.Database.Read(sql => sql.Change("SELECT pg_sleep(1), pg_terminate_backend(pg_backend_pid())"));
        var others = Enumerable.Range(0, 8 * 30).Select(_ => _store.Database.Read(sql => sql.Change("SELECT pg_sleep(0.2)"))).ToList();

        await Refused(Refusal.StorageUnavailable, () => lost);

        others.Should().Contain(other => !other.IsCompleted, "some were still waiting");
        await Task.WhenAll(others);
    }

    // Npgsql prepares a statement when it is used for the fifth time, and cannot send half of a surrogate pair.
    [Fact]
    public async Task What_cannot_be_sent_costs_its_own_request_and_none_after_it()
    {
        for (var number = 1; number <= 4; number++) await _store.Database.Write(sql => Put(sql, $"{number}"));

        var broken = () => _store.Database.Write(async sql =>
        {
            await Put(sql, "never");
            return await Put(sql, "\ud800");
        });
        await broken.Should().ThrowAsync<EncoderFallbackException>();

        await _store.Database.Write(sql => Put(sql, "5"));
        (await Read()).Should().Equal("1", "2", "3", "4", "5", "before");

        static async Task<bool> Put(Sql sql, string name)
        {
            await sql.Run("INSERT INTO chat_setting (value, name) VALUES ('x', @name)", ("name", name));
            return true;
        }
    }

    [Fact]
    public async Task A_node_that_freezes_in_the_middle_of_a_write_does_not_stop_the_others()
    {
        await using var another = await _store.OpenAgain();
        await another.Write(sql => sql.One("SELECT 1", row => row.GetInt32(0))); // it is to wait for the lock, not for a connection
        TaskCompletionSource thaw = new(), begun = new();
        var frozen = _store.Database.Write(async sql =>
        {
            begun.TrySetResult();
            await thaw.Task;
            return await sql.Change("INSERT INTO chat_setting (name, value) VALUES ('frozen', 'x')");
        });
        await begun.Task;

        await Refused(Refusal.ServerBusy, () => another.Write(After));
        await Eventually.Is(async () =>
        {
            try
            {
                return await another.Write(After) == 1;
            }
            catch (StorageFault busy) when (busy.Refusal == Refusal.ServerBusy)
            {
                return false;
            }
        }, "the frozen one is thrown out");

        thaw.SetResult();
        await Refused(Refusal.StorageUnavailable, () => frozen);
        (await Read()).Should().Equal("after", "before");
    }

    [Fact]
    public async Task Lost_in_the_middle_of_a_commit_nobody_knows_what_became_of_it()
    {
        await _store.Database.Write(sql => sql.Change("""
            CREATE FUNCTION dawdle() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON chat_setting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle()
            """));
        var writing = Write("unknown");
        await Eventually.Is(() => _store.Database.Read(sql => sql.One("SELECT 1 FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'", _ => true)),
            "the commit is under way");

        await _server.Kill();

        await Refused(Refusal.OutcomeUnknown, () => writing);
        await _server.Begin();
        await _store.Database.Write(sql => sql.Change("DROP TRIGGER dawdle ON chat_setting"));
        await Write("after");
    }

    private static Task<int> After(Sql sql) => sql.Change("INSERT INTO chat_setting (name, value) VALUES ('after', 'x')");

    private Task<int> Write(string name) =>
        _store.Database.Write(sql => sql.Change("INSERT INTO chat_setting (name, value) VALUES (@name, 'x')", ("name", name)));

    private Task<List<string>> Read() =>
        _store.Database.Read(sql => sql.Query("SELECT name FROM chat_setting WHERE name <> 'epoch' ORDER BY name", row => row.GetString(0)));

    private static async Task Refused(Refusal refusal, Func<Task> deed) =>
        (await deed.Should().ThrowAsync<StorageFault>()).Which.Refusal.Should().Be(refusal);
}
