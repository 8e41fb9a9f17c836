using System.Diagnostics;
using Chat.Tests.Client.Sdk;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>The server is asked to stop while four write and many listen. CHAT_FAULT_LISTENERS says how many (1,000).</summary>
public sealed class Goodbyes(ITestOutputHelper output)
{
    private const int Interrupted = 130;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Everybody_is_told_when_to_come_back_and_closed_and_nothing_acknowledged_is_lost()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using Crowd crowd = await Crowd.Gather(server, Size.Of("CHAT_FAULT_LISTENERS", 1_000));
        await crowd.Writes(200);

        var began = Stopwatch.GetTimestamp();
        (await server.Stop()).Should().Be(0);
        var took = Stopwatch.GetElapsedTime(began);

        await Task.WhenAll(crowd.Listeners.Select(listener => listener.Reading)).WaitAsync(Limit);
        crowd.Listeners.Should().OnlyContain(listener => listener.WasClosed && listener.ReconnectAfterMs > 0);
        crowd.Listeners.Select(listener => listener.ReconnectAfterMs).Distinct().Count().Should().BeGreaterThan(crowd.Listeners.Length / 10, "they are not to come back all at once");
        took.Should().BeLessThan(Limit);
        await server.Restart();
        await crowd.IsUnharmed(server);
        output.Tell($"SIGTERM under load: {crowd.Listeners.Length} clients told and closed, exit 0 after {took.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once_and_loses_nothing_acknowledged_either()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using Crowd crowd = await Crowd.Gather(server, 20);
        await crowd.Writes(200);
        foreach (var listener in crowd.Listeners) listener.StopReading();

        server.Terminate();
        server.Terminate();

        (await server.Exit()).Should().BeOneOf([0, Interrupted], "it may have been ready with the first");
        foreach (var listener in crowd.Listeners) listener.ReadOn();
        await server.Restart();
        await crowd.IsUnharmed(server);
    }

    /// <summary>Four writers and many listeners in the Lobby.</summary>
    private sealed class Crowd : IAsyncDisposable
    {
        private readonly CancellationTokenSource _enough = new();
        private Guest _checker = null!;
        private Ledger _ledger = null!;
        private Task _writing = Task.CompletedTask;
        private Chat.Client.ChatClient[] _writers = [];

        public Device[] Listeners { get; private set; } = [];

        public static async Task<Crowd> Gather(ServerProcess server, int listeners)
        {
            Crowd crowd = new()
            {
                Listeners = await Device.Register(server.Url, listeners),
                _checker = await Guest.Register(server.Url, "checker"),
                _writers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Sdk.Register(server.Url, $"writer-{number}"))),
            };
            crowd._ledger = new(crowd._checker.Session.Lobby!.Value);
            crowd._writing = Task.WhenAll(crowd._writers.Select(writer => crowd._ledger.Keep(writer, crowd._enough.Token)));
            return crowd;
        }

        public Task Writes(int messages) => Eventually.Is(() => _ledger.Acknowledged >= messages, $"{messages} were acknowledged", Patience);

        /// <summary>The writers go on by themselves; in the end everything is there, and everybody who comes back has it.</summary>
        public async Task IsUnharmed(ServerProcess server)
        {
            await Writes(_ledger.Acknowledged + 20);
            await _enough.CancelAsync();
            await _writing.WaitAsync(Patience);
            await using var reader = await Guest.Resume(server.Url, _checker.Session.Token!);
            await _ledger.IsSettled(reader);
            await Task.WhenAll(Listeners.Select(listener => listener.ComeBack())).WaitAsync(Patience);
            await Eventually.Is(() => Listeners.All(listener => listener.Have(listener.Lobby) == _ledger.Acknowledged), "everybody has everything", Patience);
            Listeners.Should().OnlyContain(listener => listener.Gaps == 0 && listener.Repeats == 0);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var listener in Listeners) await listener.DisposeAsync();
            foreach (var writer in _writers) await writer.DisposeAsync();
            await _checker.DisposeAsync();
            _enough.Dispose();
        }
    }
}
