using System.Diagnostics;
using Chat.Tests.Client.Sdk;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// Hours of a server's life in minutes: four write, twenty read, and every minute something happens. Runs only where
/// CHAT_SOAK_MINUTES says for how many minutes; CHAT_SOAK_EVERY says how many seconds lie between one fault and the next (60).
/// </summary>
public sealed class Soak(ITestOutputHelper output)
{
    private const string Minutes = "CHAT_SOAK_MINUTES";
    private const int Readers = 20;
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(Size.Of(Minutes, 1));
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(Size.Of("CHAT_SOAK_EVERY", 60));
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [WhereAsked(Minutes)]
    public async Task A_fault_a_minute_loses_nothing_and_doubles_nothing()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using Cable cable = new(server.Url);
        await using var checker = await Guest.Register(server.Url, "checker");
        var writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Sdk.Register(cable.Url, $"writer-{number}")));
        var readers = await Device.Register(cable.Url, Readers);
        Ledger ledger = new(writers[0].Lobby.Id);
        using CancellationTokenSource enough = new();
        var writing = Task.WhenAll(writers.Select(writer => ledger.Keep(writer, enough.Token, pace: Pace)));
        var reading = Task.WhenAll(readers.Select(reader => Follow(reader, enough.Token)));

        var began = Stopwatch.StartNew();
        for (var minute = 0; began.Elapsed < Duration; minute++)
        {
            await Task.Delay(Every / 2);
            var fault = await Fault(minute, server, cable, readers);
            await Task.Delay(Every / 2);
            foreach (var reader in readers) reader.ReadOn();
            await using var again = await Guest.Resume(server.Url, checker.Session.Token!);
            await ledger.Agrees(again);
            var (memory, threads, handles) = server.Holds;
            output.Tell($"soak {began.Elapsed.TotalMinutes:0.0} min, {fault}: {ledger.Acknowledged} acknowledged; {memory / 1_000_000} MB, {threads} threads, {handles} handles");
        }

        await enough.CancelAsync();
        await writing.WaitAsync(Patience);
        await using var last = await Guest.Resume(server.Url, checker.Session.Token!);
        await ledger.IsSettled(last);
        await Eventually.Is(() => readers.All(reader => reader.Have(reader.Lobby) == ledger.Acknowledged), "every reader has everything", Patience);
        foreach (var reader in readers) await reader.DisposeAsync();
        await reading.WaitAsync(Patience);
        readers.Should().OnlyContain(reader => reader.Gaps == 0 && reader.Repeats == 0);
        foreach (var writer in writers) await writer.DisposeAsync();
        output.Tell($"soak: {ledger.Acknowledged} acknowledged, 0 lost, 0 doubled, {readers.Length} readers have each once");
    }

    // The two that leave the process alone come more often, so that one process lives through several of them.
    private static async Task<string> Fault(int minute, ServerProcess server, Cable cable, Device[] readers)
    {
        switch (minute % 6)
        {
            case 2:
                server.Kill();
                await server.Restart();
                return "killed";
            case 5:
                await server.Stop();
                await server.Restart();
                return "asked to stop";
            case 0 or 3:
                return $"{cable.Pull()} connections half open";
            default:
                foreach (var reader in readers.Take(Readers / 2)) reader.StopReading();
                return $"{Readers / 2} readers stopped";
        }
    }

    // As an SDK does: whatever ends the connection, it comes back; eleven seconds of silence end it.
    private static async Task Follow(Device reader, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await reader.Ends();
            if (!enough.IsCancellationRequested) await reader.ComeBack();
        }
    }
}
