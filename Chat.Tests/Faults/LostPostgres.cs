using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>PostgreSQL dies, or falls silent, in the middle of a commit while four write. CHAT_FAULT_OUTAGES says how often each (2).</summary>
public sealed class LostPostgres(ITestOutputHelper output)
{
    private const string TheOnlyDatabase = "chat_1";
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(11);

    // Commits take their time, so that there is a middle of them.
    private const string Dawdle = """
        CREATE FUNCTION dawdle() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER dawdle AFTER UPDATE ON transcript DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle()
        """;

    private const string WaitForACommit = """
        DO $$ BEGIN
            WHILE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active') LOOP
                PERFORM pg_sleep(0.01);
                PERFORM pg_stat_clear_snapshot();
            END LOOP;
        END $$
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("killed")]
    [InlineData("frozen")]
    public async Task What_nobody_knows_is_answered_so_and_settled_by_sending_again(string fault)
    {
        await using var postgres = await PostgresServer.Start();
        await using var server = await ServerProcess.Start(await TestStorage.On(postgres), Relaxed.Settings);
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Guest.Register(server.Url, $"writer-{number}")));
        var lobby = writers[0].Session.Lobby!.Value;
        await postgres.Command(Dawdle, TheOnlyDatabase);
        Ledger ledger = new(lobby);
        ConcurrentBag<Refusal> refusals = [];
        using CancellationTokenSource enough = new();
        var sending = Task.WhenAll(writers.Select(writer => Send(writer, lobby, ledger, refusals, enough.Token)));

        for (var outages = Size.Of("CHAT_FAULT_OUTAGES", 2); outages > 0; outages--)
        {
            await MoreAre(ledger);
            await postgres.Command(WaitForACommit);
            if (fault == "killed") await postgres.Kill();
            else postgres.Freeze();
            await Task.Delay(Absence);
            if (fault == "killed") await postgres.Begin();
            else postgres.Thaw();
        }
        await MoreAre(ledger);
        await enough.CancelAsync();
        await sending.WaitAsync(Patience);

        await ledger.IsSettled(writers[0]);
        refusals.Should().Contain(Refusal.OutcomeUnknown).And.OnlyContain(refusal => refusal.Retryable);
        refusals.Select(refusal => refusal.Name).Distinct().Should().BeSubsetOf(["storageUnavailable", "outcomeUnknown", "serverBusy"]);
        output.Tell($"PostgreSQL {fault} under load: {ledger.Acknowledged} acknowledged, 0 lost, 0 doubled; {refusals.Count} refused meanwhile, {refusals.Count(refusal => refusal.Name == "outcomeUnknown")} of them as outcomeUnknown");
        foreach (var writer in writers) await writer.DisposeAsync();
    }

    private static Task MoreAre(Ledger ledger)
    {
        var goal = ledger.Acknowledged + 20;
        return Eventually.Is(() => ledger.Acknowledged >= goal, "twenty more are acknowledged", Patience);
    }

    private static async Task Send(Guest writer, ConversationId conversation, Ledger ledger, ConcurrentBag<Refusal> refusals, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var id = ClientMessageId.New(TimeProvider.System);
            while (await writer.Send(conversation, "hello", id) is var answer)
            {
                if (answer.Ok)
                {
                    ledger.Acknowledge(id, answer.Value.Seq);
                    break;
                }
                refusals.Add(answer.Refusal);
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }
}
