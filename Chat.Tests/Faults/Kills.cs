using System.Diagnostics;
using Chat.Tests.Client.Sdk;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// The real process, killed again and again under the load of four writers who keep outboxes and eight who send again whatever they are not sure of;
/// one folder of data grows through all rounds.
/// CHAT_FAULT_KILLS says how many rounds (15).
/// </summary>
public sealed class Kills(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task After_every_kill_what_was_acknowledged_is_there_once_and_at_its_place()
    {
        var rounds = Size.Of("CHAT_FAULT_KILLS", 15);
        Random random = new();
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Sdk.Register(server.Url, $"writer-{number}")));
        await using var checker = await Guest.Register(server.Url, "checker");
        Ledger ledger = new(writers[0].Lobby.Id);
        var insistent = Enumerable.Range(0, 8).Select(_ => new Insistent(server.Url, checker.Session, ledger)).ToList();
        using CancellationTokenSource enough = new();
        List<Task> writing = [.. writers.Select(writer => ledger.Keep(writer, enough.Token)), .. insistent.Select(one => one.Write(enough.Token))];
        List<double> restarts = [];

        for (var round = 0; round < rounds; round++)
        {
            var goal = ledger.Acknowledged + random.Next(1, 150);
            await Eventually.Is(() => ledger.Acknowledged >= goal, "some more were acknowledged", Patience);
            server.Kill();
            if (round % 5 == 4) await KillAtTheStart(server, random);
            var began = Stopwatch.GetTimestamp();
            await server.Restart();
            restarts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await using var reader = await Guest.Resume(server.Url, checker.Session.Token!);
            await ledger.Agrees(reader);
            if (writing.Find(one => one.IsFaulted) is { } failed) await failed;
        }

        await enough.CancelAsync();
        await Task.WhenAll(writing).WaitAsync(Patience);
        await using var last = await Guest.Resume(server.Url, checker.Session.Token!);
        await ledger.IsSettled(last);
        insistent.Sum(one => one.Doubted).Should().BePositive("else nothing that is stored was sent again");
        foreach (var writer in writers) await writer.DisposeAsync();
        output.Tell($"kill -9: {rounds} rounds, {ledger.Acknowledged} acknowledged, 0 lost, 0 doubled; {insistent.Sum(one => one.Unheard)} were stored unheard and {insistent.Sum(one => one.Doubted)} doubted when they were sent again; ready again after {restarts.Percentile(50):0} ms (the slowest {restarts.Max():0} ms)");
    }

    // In the middle of opening and mending its files, or a moment later.
    private static async Task KillAtTheStart(ServerProcess server, Random random)
    {
        var starting = server.Restart();
        await Task.Delay(random.Next(1_000));
        server.Kill();
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
