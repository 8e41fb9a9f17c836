using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Tests.Client.Sdk;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// No file of the server can grow any more, wherever in a commit or in the emptying of the log that is, while four write; then there is room again,
/// every second time only after the process was killed. CHAT_FAULT_FULL says how often (6).
/// </summary>
[Trait("Database", "sqlite")]
public sealed class FullDisks(ITestOutputHelper output)
{
    private const int MostRoom = 200_000;
    private const int Refusals = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task What_is_refused_may_be_sent_again_what_was_acknowledged_stays_and_room_is_noticed()
    {
        var times = Size.Of("CHAT_FAULT_FULL", 6);
        Random random = new();
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Sdk.Register(server.Url, $"writer-{number}")));
        var checker = await Guest.Register(server.Url, "checker");
        var lobby = checker.Session.Lobby!.Value;
        Ledger ledger = new(lobby);
        using CancellationTokenSource enough = new();
        var writing = Task.WhenAll(writers.Select(writer => ledger.Keep(writer, enough.Token)));
        ConcurrentBag<Refusal> refusals = [];

        for (var time = 0; time < times; time++)
        {
            await MoreAre(ledger);
            ProcessLimits.Set(server.Id, ProcessLimits.FileSize, new FileInfo(Path.Combine(server.DataFolder, "chat.db-wal")).Length + random.Next(MostRoom));
            await Eventually.Is(() => IsFull(checker, ledger, refusals, (time + 1) * Refusals), "it is full", Patience);
            await ledger.Agrees(checker); // reading goes on
            if (time % 2 == 0)
            {
                ProcessLimits.Set(server.Id, ProcessLimits.FileSize, null);
                continue;
            }
            await server.Restart();
            var again = await Guest.Resume(server.Url, checker.Session.Token!);
            await checker.DisposeAsync();
            checker = again;
        }
        await MoreAre(ledger);
        await enough.CancelAsync();
        await writing.WaitAsync(Patience);

        await ledger.IsSettled(checker);
        refusals.Should().OnlyContain(refusal => refusal.Name == "storageUnavailable", "nothing of it is stored, and that is known");
        server.Errors.Should().BeEmpty();
        foreach (var writer in writers) await writer.DisposeAsync();
        await checker.DisposeAsync();
        output.Tell($"disk full: {times} times, {ledger.Acknowledged} acknowledged, 0 lost, 0 doubled; {refusals.Count} refused as storageUnavailable meanwhile, of which nothing is stored");
    }

    private static async Task<bool> IsFull(Guest guest, Ledger ledger, ConcurrentBag<Refusal> refusals, int goal)
    {
        var id = ClientMessageId.New(TimeProvider.System);
        var answer = await guest.Send(guest.Session.Lobby!.Value, new string('x', 4_000), id);
        if (answer.Ok) ledger.Acknowledge(id, answer.Value.Seq);
        else refusals.Add(answer.Refusal);
        return refusals.Count >= goal;
    }

    private static Task MoreAre(Ledger ledger)
    {
        var goal = ledger.Acknowledged + 50;
        return Eventually.Is(() => ledger.Acknowledged >= goal, "fifty more are acknowledged", Patience);
    }
}
