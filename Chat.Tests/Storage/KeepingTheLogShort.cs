using Chat.Server.Storage;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Storage;

/// <summary>SQLite's write-ahead log, which ends nowhere by itself while somebody reads.</summary>
[Trait("Database", "sqlite")]
public sealed class KeepingTheLogShort : IAsyncLifetime
{
    private const int AtOnce = 8;
    private const int ValueLength = 50_000;
    private const int Readers = 4;
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(20);
    private TestDatabase _store = null!;

    public async Task InitializeAsync() => _store = await TestDatabase.Open(StorageOptions.Sqlite);

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Readers_of_whom_one_is_always_there_do_not_make_it_grow_without_end()
    {
        using CancellationTokenSource enough = new();
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReadOn(enough.Token)));

        await Write(15 * Emptying.Enough);

        Log.Should().BeLessThan(8 * Emptying.Enough, "nearly twice as much was written");
        await enough.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task Who_reads_for_long_keeps_what_was_and_stops_nobody_and_afterwards_it_is_short_again()
    {
        var (before, leave) = await Begin();
        await Write(3 * Emptying.Enough);
        Log.Should().BeGreaterThan(2 * Emptying.Enough, "what is read from it is not taken away");
        leave.SetResult();
        (await before).Should().Be(1, "there was the epoch and nothing else when it began to read");

        await Write(2 * Emptying.Enough);

        Log.Should().BeLessThan(2 * Emptying.Enough);
    }

    [Fact]
    public async Task It_is_begun_anew_where_it_is_and_not_cut_off()
    {
        await Write(2 * Emptying.Enough);
        var length = Log;

        await Write(4 * Emptying.Enough);

        Log.Should().BeInRange(Emptying.Enough, length + AtOnce * ValueLength, "a log that grows makes each commit twice as long");
    }

    [Fact]
    public async Task A_start_after_a_crash_moves_no_long_log_and_the_first_write_is_followed_by_it()
    {
        var (before, leave) = await Begin();
        await Write(3 * Emptying.Enough);
        await using var crashed = await TestStorage.Empty(StorageOptions.Sqlite);
        foreach (var end in new[] { "", "-wal" }) File.Copy(_store.File + end, crashed.File + end);
        leave.SetResult();
        await before;

        await using var database = await Database.Open(new SqliteDialect(crashed.File), TimeProvider.System, NullLogger.Instance);

        LogOf(crashed.File).Should().BeGreaterThan(2 * Emptying.Enough, "whoever starts a server waits for it");
        (await database.Read(Count)).Should().Be(await _store.Database.Read(Count), "it is read all the same");
        await database.Write(sql => Insert(sql, "after"));
        await Eventually.Is(() => LogOf(crashed.File) == 0, "it is moved when the write is answered");
    }

    private long Log => LogOf(_store.File);

    private static long LogOf(string file) => new FileInfo(file + "-wal").Length;

    // Longer than a commit takes: at the end of each there is one who began before it.
    private async Task ReadOn(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var (reading, leave) = await Begin();
            await Task.Delay(Reading, CancellationToken.None);
            leave.SetResult();
            await reading;
        }
    }

    private async Task<(Task<long> Reading, TaskCompletionSource Leave)> Begin()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() => _store.Database.Read(async sql =>
        {
            await Count(sql);
            begun.SetResult();
            await leave.Task;
            return await Count(sql);
        }));
        await begun.Task;
        return (reading, leave);
    }

    private async Task Write(long bytes)
    {
        for (long written = 0; written < bytes; written += AtOnce * ValueLength)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => _store.Database.Write(sql => Insert(sql, Guid.NewGuid().ToString()))));
    }

    private static Task<int> Insert(Sql sql, string name) =>
        sql.Change("INSERT INTO chat_setting (name, value) VALUES (@name, @value)", ("name", name), ("value", new string('x', ValueLength)));

    private static Task<long> Count(Sql sql) => sql.One("SELECT COUNT(*) FROM chat_setting", row => row.GetInt64(0));
}
