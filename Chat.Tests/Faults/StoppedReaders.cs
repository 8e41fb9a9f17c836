using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// Two conferences of 500 with the same healthy members: in one a tenth has stopped reading, in the other everybody reads. Messages go to the
/// one and the other in turn, so that whatever else the machine does falls on both alike.
/// CHAT_FAULT_MEMBERS says how many members (500), CHAT_FAULT_PAIRS how many messages each (60).
/// </summary>
public sealed class StoppedReaders(ITestOutputHelper output)
{
    private const int Fill = 300; // of 16 KB: more than the buffers of a connection hold
    private static readonly int Members = Size.Of("CHAT_FAULT_MEMBERS", 500);
    private static readonly int Pairs = Size.Of("CHAT_FAULT_PAIRS", 60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string Ballast = new('x', 16_000);

    [Fact]
    public async Task A_tenth_that_stops_reading_keeps_nothing_from_the_others_and_misses_nothing_itself()
    {
        // They are to stay and to be behind, not to be closed.
        await using var server = await ServerProcess.Start([.. Relaxed.Settings, "--Delivery:WriteLimit=120"]);
        var healthy = await Device.Register(server.Url, Members - Members / 10 - 1, "healthy");
        var stopping = await Device.Register(server.Url, Members / 10, "stopping", isNarrow: true);
        var reading = await Device.Register(server.Url, Members / 10, "reading", isNarrow: true);
        await using var writer = await Guest.Register(server.Url, "writer");
        var with = await Begin(writer, "With", [.. healthy, .. stopping]);
        var without = await Begin(writer, "Without", [.. healthy, .. reading]);
        var ballast = await Begin(writer, "Ballast", stopping);

        using CancellationTokenSource enough = new();
        var pinging = Ping(stopping, enough.Token);
        foreach (var device in stopping) device.StopReading();
        for (var number = 0; number < Fill; number++) (await writer.Send(ballast, Ballast)).Ok.Should().BeTrue();
        ConcurrentBag<(string Where, double Time)> times = [];
        foreach (var device in healthy) device.Hears = entry => Note(entry, times);
        for (var number = 0; number < Pairs; number++)
        {
            await Say(writer, without, nameof(without));
            await Say(writer, with, nameof(with));
        }
        await Everybody(healthy, with, Pairs + 1);
        await Everybody([.. healthy, .. reading], without, Pairs + 1);

        var (p99Without, p99With) = (Percentile(times, nameof(without), 99), Percentile(times, nameof(with), 99));
        output.Tell($"{Members} members, p99 of the healthy: {p99Without:0} ms where all read, {p99With:0} ms where {stopping.Length} have stopped (ratio {p99With / p99Without:0.00}; p50 {Percentile(times, nameof(without), 50):0} and {Percentile(times, nameof(with), 50):0} ms)");
        stopping.Should().OnlyContain(device => device.Have(ballast) < Fill && device.Have(with) < Pairs, "else they had not stopped");
        foreach (var device in stopping) device.ReadOn();
        await Everybody(stopping, ballast, Fill + 1);
        await Everybody(stopping, with, Pairs + 1);
        await enough.CancelAsync();
        await pinging;
        foreach (var device in (Device[])[.. healthy, .. stopping, .. reading])
        {
            (device.Gaps, device.Repeats).Should().Be((0, 0));
            device.Reading.IsCompleted.Should().BeFalse("nobody was closed");
            await device.DisposeAsync();
        }
    }

    private static Task<ConversationId> Begin(Guest writer, string title, Device[] members) =>
        writer.StartConference(title, [.. members.Select(device => device.UserName)]);

    private static async Task Say(Guest writer, ConversationId conversation, string where)
    {
        (await writer.Send(conversation, $"{where} {Stopwatch.GetTimestamp()}")).Ok.Should().BeTrue();
        await Task.Delay(Pause);
    }

    private static void Note(JsonElement entry, ConcurrentBag<(string, double)> times)
    {
        if (!entry.TryGetProperty("text", out var text) || text.GetString()!.Split(' ') is not [var where, var sent]) return;
        times.Add((where, Stopwatch.GetElapsedTime(long.Parse(sent, CultureInfo.InvariantCulture)).TotalMilliseconds));
    }

    // Alive, but not reading.
    private static async Task Ping(Device[] devices, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await Task.WhenAll(devices.Select(device => device.Ping()));
            await Task.Delay(Liveness.PingEvery, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static double Percentile(IEnumerable<(string Where, double Time)> times, string where, int percent) =>
        times.Where(one => one.Where == where).Select(one => one.Time).Percentile(percent);

    private static Task Everybody(Device[] devices, ConversationId conversation, long seq) =>
        Eventually.Is(() => devices.All(device => device.Have(conversation) >= seq), $"everybody has seq {seq}", Patience);
}
