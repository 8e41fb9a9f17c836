using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>The real process on PostgreSQL, whose server goes away for a while in the middle of the conversation.</summary>
public sealed class LostDatabase
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_nothing_is_doubled_and_everything_goes_on_by_itself()
    {
        await using var postgres = await PostgresServer.Start();
        await using var server = await ServerProcess.Start(await TestStorage.On(postgres), Relaxed.Settings);
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Guest.Register(server.Url, $"writer-{number}")));
        var plans = await writers[0].StartConference("Plans", "writer-1", "writer-2", "writer-3");
        ConcurrentDictionary<ClientMessageId, long> acknowledged = [];
        ConcurrentBag<Refusal> refusals = [];
        using CancellationTokenSource enough = new();

        var sending = writers.Select(writer => SendFromAnOutbox(writer, plans, acknowledged, refusals, enough.Token)).ToList();
        await Eventually.Is(() => acknowledged.Count >= 100, "a hundred were acknowledged");
        var refused = refusals.Count;
        await postgres.Stop();
        await Eventually.Is(() => refusals.Count >= refused + 100, "nobody can write");
        var before = acknowledged.Count;
        await postgres.Begin();
        await Eventually.Is(() => acknowledged.Count >= before + 100, "a hundred more were acknowledged");
        await enough.CancelAsync();
        await Task.WhenAll(sending);

        refusals.Should().NotBeEmpty().And.OnlyContain(refusal => refusal.Retryable);
        refusals.Select(refusal => refusal.Name).Distinct().Should().BeSubsetOf(["storageUnavailable", "outcomeUnknown", "serverBusy"]);
        var entries = await writers[0].ReadAll(plans);
        entries.Select(entry => entry.Seq).Should().Equal(Enumerable.Range(1, entries.Count).Select(seq => (long)seq));
        entries.OfType<Message>().ToDictionary(message => message.ClientMessageId, message => message.Seq).Should().Equal(acknowledged);
        foreach (var writer in writers)
        {
            await writer.Hears(plans, entries[^1].Seq);
            await writer.DisposeAsync();
        }
    }

    // What a client does: the same draft again, until it is stored.
    private static async Task SendFromAnOutbox(
        Guest guest, ConversationId conversation, ConcurrentDictionary<ClientMessageId, long> acknowledged, ConcurrentBag<Refusal> refusals, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var id = ClientMessageId.New(TimeProvider.System);
            while (await guest.Send(conversation, "hello", id) is var answer)
            {
                if (answer.Ok)
                {
                    acknowledged[id] = answer.Value.Seq;
                    break;
                }
                refusals.Add(answer.Refusal);
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }
}
