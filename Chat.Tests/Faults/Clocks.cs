using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>The wall clock is set back and forth by up to three weeks under everything that goes on. CHAT_FAULT_JUMPS says how often (200).</summary>
public sealed class Clocks : IAsyncLifetime
{
    private const int Most = 3 * 7 * 24 * 60 * 60;
    private readonly ManualClock _clock = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.Start(Relaxed.Settings, _clock);

    // Draining waits by the server's clock.
    public async Task DisposeAsync()
    {
        var stopping = _server.DisposeAsync().AsTask();
        await Eventually.Is(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        }, "the server stopped");
    }

    [Fact]
    public async Task Times_never_decrease_and_nobody_is_thrown_out()
    {
        await using var ann = await Guest.Register(_server.Url, "ann");
        await using var bob = await Guest.Register(_server.Url, "bob");
        var lobby = ann.Session.Lobby!.Value;
        Random random = new();
        var shift = TimeSpan.Zero;
        List<Receipt> receipts = [];

        for (var jump = 0; jump < Size.Of("CHAT_FAULT_JUMPS", 200); jump++)
        {
            var next = TimeSpan.FromSeconds(random.Next(-Most, Most));
            var sending = Task.WhenAll(ann.Send(lobby, "before or after"), bob.Send(lobby, "after or before"));
            _clock.Jump(next - shift);
            shift = next;
            receipts.AddRange((await sending).Select(answer => answer.Value!));
            if (jump % 10 == 0) _clock.Advance(TimeSpan.FromSeconds(1)); // the watchdog looks at them, at whatever time it seems to be
            (await ann.Call<SessionPage>(nameof(IChatHub.ListSessions), new ListSessions())).Ok.Should().BeTrue();
        }

        var entries = await bob.ReadAll(lobby);
        entries.Select(entry => entry.SentAt).Should().BeInAscendingOrder();
        entries.ToDictionary(entry => entry.Seq, entry => entry.SentAt).Should().Equal(receipts.ToDictionary(receipt => receipt.Seq, receipt => receipt.SentAt));
        await bob.Hears(lobby, entries[^1].Seq);
        bob.SeqsOf(lobby).Should().Equal(entries.Select(entry => entry.Seq));
        (ann.IsConnected && bob.IsConnected).Should().BeTrue("silence and sessions are not measured by a clock that somebody set");
        await using var again = await Guest.Resume(_server.Url, ann.Session.Token!);
        again.Session.Me.User.Should().Be(ann.Session.Me.User);
    }
}
