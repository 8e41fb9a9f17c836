using System.Diagnostics;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>The server is gone and comes back, and with it everybody at once. CHAT_FAULT_CLIENTS says how many (2,000).</summary>
public sealed class Storms(ITestOutputHelper output)
{
    private const int Before = 20;
    private const int Meanwhile = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Everybody_is_back_after_a_kill_and_has_each_seq_once()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        var devices = await Device.Register(server.Url, Size.Of("CHAT_FAULT_CLIENTS", 2_000));
        await using var writer = await Guest.Register(server.Url, "writer");
        for (var number = 0; number < Before; number++) (await writer.Send(writer.Session.Lobby!.Value, $"before {number}")).Ok.Should().BeTrue();
        await Everybody(devices, Before);

        server.Kill();
        await Task.WhenAll(devices.Select(device => device.Reading)).WaitAsync(Patience);
        var returning = devices.Select(device => device.ComeBack()).ToList();
        await server.Restart();
        var began = Stopwatch.GetTimestamp();
        await using var again = await Guest.Resume(server.Url, writer.Session.Token!);
        for (var number = 0; number < Meanwhile; number++) (await again.Send(writer.Session.Lobby!.Value, $"meanwhile {number}")).Ok.Should().BeTrue();
        await Task.WhenAll(returning).WaitAsync(Patience);
        var resumed = Stopwatch.GetElapsedTime(began);
        await Everybody(devices, Before + Meanwhile);
        var caughtUp = Stopwatch.GetElapsedTime(began);

        output.Tell($"restart under {devices.Length} clients: all resumed {resumed.TotalSeconds:0.0} s after it was ready, all caught up after {caughtUp.TotalSeconds:0.0} s");
        devices.Should().OnlyContain(device => device.Applied == Before + Meanwhile && device.Gaps == 0 && device.Repeats == 0);
        foreach (var device in devices) await device.DisposeAsync();
    }

    private static Task Everybody(Device[] devices, long seq) =>
        Eventually.Is(() => devices.All(device => device.Have(device.Lobby) >= seq), $"everybody has seq {seq}", Patience);
}
