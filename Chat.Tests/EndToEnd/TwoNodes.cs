using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>Two real processes on one PostgreSQL.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    // Longer than anybody here waits for anything.
    private const string HardlyEver = "--Delivery:SweepEvery=60000";

    private PostgresServer _postgres = null!;
    private TestStorage _storage = null!;
    private ServerProcess _first = null!, _second = null!;

    public async Task InitializeAsync()
    {
        _postgres = await PostgresServer.Start();
        _storage = await TestStorage.On(_postgres);
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _storage.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_on_one_is_heard_on_the_other_at_once()
    {
        await Start(HardlyEver);
        await using var ann = await Guest.Register(_first.Url, "ann");
        await using var bob = await Guest.Register(_second.Url, "bob");
        await using var carl = await Guest.Register(_second.Url, "carl");
        await using var bobsPhone = await Guest.LogIn(_first.Url, "bob");

        var plans = await ann.StartConference("Plans", "bob", "carl");
        await Eventually.Is(() => bob.Heard.OfType<InboxBatch>().SelectMany(batch => batch.Entries).OfType<ConversationAdded>().Any(), "bob was told of the conference");
        foreach (var number in Enumerable.Range(0, 20)) (await ann.Send(plans, $"{number}")).Ok.Should().BeTrue();
        await bob.Hears(plans, 21);
        (await bob.Send(plans, "and back")).Ok.Should().BeTrue();
        await ann.Hears(plans, 22);
        await bobsPhone.Must<Done>(nameof(IChatHub.LogOut), new LogOut { Everywhere = true });

        await Eventually.Is(() => bob.Closed.IsCompleted, "bob's connection to the other node was closed");
        bob.SeqsOf(plans).Should().Equal(Enumerable.Range(1, 22).Select(seq => (long)seq));
    }

    [Fact]
    public async Task Hints_go_on_after_their_connections_were_lost_and_what_was_said_meanwhile_is_found_by_the_sweep()
    {
        await Start();
        await using var ann = await Guest.Register(_first.Url, "ann");
        await using var bob = await Guest.Register(_second.Url, "bob");
        var lobby = ann.Session.Lobby!.Value;

        await _postgres.Command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE '%pg_notify%' AND pid <> pg_backend_pid()");
        var sent = await ann.Send(lobby, "hello");

        await bob.Hears(lobby, sent.Value!.Seq);
        await Eventually.Is(() => _second.Output.Any(line => line.Contains("carried between the nodes again", StringComparison.Ordinal)), "the hints are back");
    }

    [Fact]
    public async Task Who_chose_to_be_invisible_on_one_is_not_seen_on_the_other()
    {
        await Start();
        await using var ann = await Guest.Register(_first.Url, "ann");
        await using var annsPhone = await Guest.LogIn(_second.Url, "ann");
        await using var bob = await Guest.Register(_second.Url, "bob");
        (await SeenBy(bob)).Should().Be(Presence.Online);

        await ann.Must<Profile>(nameof(IChatHub.SetPresence), new SetPresence { Choice = PresenceChoice.Invisible });

        await Eventually.Is(async () => await SeenBy(bob) == Presence.Offline, "bob sees nobody");
        await annsPhone.DisposeAsync();
        await using var annsTablet = await Guest.LogIn(_second.Url, "ann");
        (await SeenBy(bob)).Should().Be(Presence.Offline);
    }

    [Fact]
    public async Task Who_is_invisible_and_comes_to_another_on_which_nobody_knew_it_is_not_seen_there()
    {
        await Start();
        await using var bob = await Guest.Register(_second.Url, "bob");
        await using (var ann = await Guest.Register(_first.Url, "ann"))
        {
            await ann.Must<Profile>(nameof(IChatHub.SetPresence), new SetPresence { Choice = PresenceChoice.Invisible });
            await using var annsPhone = await Guest.Resume(_second.Url, ann.Session.Token!);
            (await SeenBy(bob)).Should().Be(Presence.Offline);
        }
    }

    private static async Task<Presence> SeenBy(Guest guest) => (await guest.Must<Profile>(nameof(IChatHub.FindUser), new FindUser { UserName = "ann" })).Presence;

    private async Task Start(params string[] settings)
    {
        _first = await Node(settings);
        _second = await Node(settings);
    }

    private async Task<ServerProcess> Node(string[] settings) =>
        await ServerProcess.Start(await TestStorage.Empty("sqlite"), [.. Relaxed.Settings, .. _storage.Settings, .. settings]);
}
