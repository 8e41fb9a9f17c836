using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Tests.Support;

namespace Chat.Tests.Storage;

/// <summary>What every database promises to whoever writes to it and reads from it.</summary>
public abstract class GroupCommitSpec(string provider) : IAsyncLifetime
{
    private TestDatabase _store = null!;

    public async Task InitializeAsync() => _store = await TestDatabase.Open(provider);

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Every_request_gets_its_own_answer()
    {
        var answers = await Together([.. Enumerable.Range(0, 100).Select(number => (Func<Sql, Task<int>>)(_ => Task.FromResult(number)))]);

        (await Task.WhenAll(answers)).Should().Equal(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task What_was_answered_is_there_when_it_is_opened_again()
    {
        await _store.Database.Write(sql => Insert(sql, "a", "1"));

        await using var again = await _store.OpenAgain();
        (await Value(again, "a")).Should().Be("1");
        again.Epoch.Should().Be(_store.Database.Epoch);
    }

    [Fact]
    public async Task One_that_fails_half_way_is_undone_alone()
    {
        var answers = await Together(Enter("a"), async sql =>
        {
            await Insert(sql, "b", "x");
            throw new InvalidOperationException("half way");
        }, Enter("c"));

        await Awaiting(answers[1]).Should().ThrowAsync<InvalidOperationException>().WithMessage("half way");
        await Task.WhenAll(answers[0], answers[2]);
        (await Names()).Should().Equal("a", "c");
    }

    [Fact]
    public async Task One_that_breaks_a_rule_of_the_schema_is_undone_alone()
    {
        var answers = await Together(Enter("a"), Enter("a"), Enter("b"));

        await Awaiting(answers[1]).Should().ThrowAsync<DbException>();
        await Task.WhenAll(answers[0], answers[2]);
        (await Names()).Should().Equal("a", "b");
    }

    [Fact]
    public async Task What_nobody_asks_about_is_done_before_what_is_asked_next()
    {
        var (names, changed) = await _store.Database.Write(async sql =>
        {
            await Put(sql, "b");
            await Put(sql, "a");
            var names = await NamesOf(sql);
            for (var number = 0; number < 250; number++) await Put(sql, $"c{number:d3}");
            return (names, await sql.Change("UPDATE chat_setting SET value = 'y' WHERE name < 'b'"));
        });

        names.Should().Equal("a", "b");
        changed.Should().Be(1);
        (await Names()).Should().HaveCount(252).And.EndWith("c249");
    }

    [Fact]
    public async Task What_nobody_asks_about_and_breaks_a_rule_of_the_schema_undoes_its_own_request_alone()
    {
        var answers = await Together(Once("a"), Once("a"), Once("b"));

        await Awaiting(answers[1]).Should().ThrowAsync<DbException>();
        await Task.WhenAll(answers[0], answers[2]);
        await Awaiting(_store.Database.Write(Once("b"))).Should().ThrowAsync<DbException>();
        (await Names()).Should().Equal("a", "b");

        static Func<Sql, Task<bool>> Once(string name) => async sql =>
        {
            await Put(sql, name);
            return true;
        };
    }

    [Fact]
    public async Task One_that_fails_by_itself_leaves_nothing_and_the_next_is_written()
    {
        await Awaiting(_store.Database.Write<int>(async sql =>
        {
            await Insert(sql, "a", "x");
            throw new InvalidOperationException();
        })).Should().ThrowAsync<InvalidOperationException>();

        await _store.Database.Write(Enter("b"));

        (await Names()).Should().Equal("b");
    }

    [Fact]
    public async Task What_is_to_be_done_after_the_commit_is_done_in_order_before_the_answers_and_only_of_what_was_stored()
    {
        List<string> done = [];
        var answers = await Together(Deed("a"), Deed("b", fails: true), Deed("c"));

        await answers[2];
        done.Should().Equal("a is there", "c is there");
        answers[1].IsFaulted.Should().BeTrue();

        Func<Sql, Task<int>> Deed(string name, bool fails = false) => async sql =>
        {
            await Insert(sql, name, "x");
            sql.AfterCommit(() => done.Add($"{name} is {(Value(_store.Database, name).GetAwaiter().GetResult() is null ? "not there" : "there")}"));
            return fails ? throw new InvalidOperationException() : 0;
        };
    }

    [Fact]
    public async Task A_reader_sees_one_moment_and_waits_for_no_writer()
    {
        await _store.Database.Write(Enter("a"));

        var (before, after) = await _store.Database.Read(async sql =>
        {
            var first = await NamesOf(sql);
            await _store.Database.Write(Enter("b"));
            return (first, await NamesOf(sql));
        });

        before.Should().Equal("a");
        after.Should().Equal("a");
        (await Names()).Should().Equal("a", "b");
    }

    [Fact]
    public async Task More_than_the_queue_holds_are_refused()
    {
        TaskCompletionSource gate = new(), entered = new();
        var first = _store.Database.Write(async _ =>
        {
            entered.TrySetResult();
            await gate.Task;
            return 0;
        });
        await entered.Task;
        var queued = Enumerable.Range(0, GroupCommit.QueueLength).Select(_ => _store.Database.Write(_ => Task.FromResult(0))).ToList();

        var refused = () => _store.Database.Write(_ => Task.FromResult(0));
        (await refused.Should().ThrowAsync<StorageFault>()).Which.Refusal.Should().Be(Refusal.ServerBusy);

        gate.SetResult();
        await Task.WhenAll([first, .. queued]);
    }

    [Fact]
    public async Task Who_waits_while_somebody_else_holds_it_is_told_that_it_is_busy_and_nobody_waits_twice()
    {
        await using var another = await _store.OpenAgain();
        TaskCompletionSource release = new(), held = new();
        var holding = another.Write(async sql =>
        {
            if (provider == StorageOptions.Postgres) await sql.Change("SET LOCAL idle_in_transaction_session_timeout = 0"); // it holds on for as long as the test takes
            held.TrySetResult();
            await release.Task;
            return await Insert(sql, "held", "x");
        });
        await held.Task;

        var tries = _store.Database.Write(Enter("tries"));
        var waits = Enumerable.Range(0, 100).Select(number => _store.Database.Write(Enter($"waits {number}"))).ToList();

        await Busy(tries);
        release.SetResult();
        await holding;
        await Task.WhenAll(waits.Select(Busy));
        await _store.Database.Write(Enter("after"));
        (await Names()).Should().Equal("after", "held");
    }

    [Fact]
    public async Task What_a_write_has_looked_at_stays_true_until_its_commit_whoever_else_writes()
    {
        await _store.Database.Write(sql => Insert(sql, "count", "0"));
        await using var another = await _store.OpenAgain();

        await Task.WhenAll(new[] { _store.Database, another }.SelectMany(node => Enumerable.Range(0, 50).Select(_ => Insist(node, async sql =>
        {
            var count = long.Parse((await ValueOf(sql, "count"))!, null);
            return await sql.Change("UPDATE chat_setting SET value = @value WHERE name = 'count'", ("value", $"{count + 1}"));
        }))));

        (await Value(_store.Database, "count")).Should().Be("100");
    }

    [Fact]
    public async Task Texts_are_in_the_order_of_their_bytes()
    {
        string[] inOrder = ["-", "A", "B", "Z", "_", "a", "a b", "a-b", "ab", "z", "ä", "ﬀ", "\uFFFD", "😀"];
        foreach (var name in inOrder.Reverse()) await _store.Database.Write(Enter(name));

        (await Names()).Should().Equal(inOrder);
        (await _store.Database.Read(sql => sql.Query("SELECT name FROM chat_setting WHERE name > @from AND name < @to ORDER BY name",
            row => row.GetString(0), ("from", "Z"), ("to", "ab")))).Should().Equal("_", "a", "a b", "a-b");
    }

    [Fact]
    public async Task A_list_of_texts_is_looked_up_as_it_is()
    {
        string[] names = ["a'b", "a\"b", "a\\b", "ä😀", "%"];
        foreach (var name in names) await _store.Database.Write(Enter(name));
        await _store.Database.Write(Enter("another"));

        var found = await _store.Database.Read(sql => sql.Query($"SELECT name FROM chat_setting WHERE {sql.Among("name", "@names")}",
            row => row.GetString(0), ("names", System.Text.Json.JsonSerializer.Serialize(names.Append("absent")))));

        found.Should().BeEquivalentTo(names);
    }

    /// <summary>Requests that wait together, so that they are written together.</summary>
    private async Task<Task<T>[]> Together<T>(params Func<Sql, Task<T>>[] requests)
    {
        TaskCompletionSource gate = new(), entered = new();
        var first = _store.Database.Write(async _ =>
        {
            entered.TrySetResult();
            await gate.Task;
            return 0;
        });
        await entered.Task;
        var answers = requests.Select(request => _store.Database.Write(request)).ToArray();
        gate.SetResult();
        await first;
        return answers;
    }

    private static Func<Task> Awaiting(Task task) => () => task;

    private static async Task Busy(Task request) => (await Awaiting(request).Should().ThrowAsync<StorageFault>()).Which.Refusal.Should().Be(Refusal.ServerBusy);

    /// <summary>As a client does it: whoever was too busy stored nothing.</summary>
    private static async Task<int> Insist(Database node, Func<Sql, Task<int>> write)
    {
        while (true)
        {
            try
            {
                return await node.Write(write);
            }
            catch (StorageFault busy) when (busy.Refusal == Refusal.ServerBusy)
            {
                // It goes on trying.
            }
        }
    }

    private static Func<Sql, Task<int>> Enter(string name) => sql => Insert(sql, name, "x");

    private static Task<int> Insert(Sql sql, string name, string value) =>
        sql.Change("INSERT INTO chat_setting (name, value) VALUES (@name, @value)", ("name", name), ("value", value));

    private static Task Put(Sql sql, string name) => sql.Run("INSERT INTO chat_setting (name, value) VALUES (@name, 'x')", ("name", name));

    private static Task<string?> Value(Database database, string name) => database.Read(sql => ValueOf(sql, name));

    private static Task<string?> ValueOf(Sql sql, string name) =>
        sql.One("SELECT value FROM chat_setting WHERE name = @name", row => row.GetString(0), ("name", name));

    private Task<List<string>> Names() => _store.Database.Read(NamesOf);

    private static Task<List<string>> NamesOf(Sql sql) => sql.Query("SELECT name FROM chat_setting WHERE name <> 'epoch' ORDER BY name", row => row.GetString(0));
}

public sealed class SqliteGroupCommit() : GroupCommitSpec(StorageOptions.Sqlite);

public sealed class PostgresGroupCommit() : GroupCommitSpec(StorageOptions.Postgres);
