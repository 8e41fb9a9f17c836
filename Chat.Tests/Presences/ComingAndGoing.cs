using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Tests.Support;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Presences;

public sealed class ComingAndGoing
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Who_shares_a_conversation_is_told_that_a_user_came()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);

        people.Board.Came(alice, "1");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Should().Equal(
            new PresenceNotice(new(alice, "alice", "alice"), Presence.Online, LastSeen: null));
    }

    [Fact]
    public async Task The_user_is_not_told_of_the_user()
    {
        await using var people = await TestPeople.Open();
        var (alice, _) = await Friends(people);

        people.Board.Came(alice, "1");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(alice).Should().BeEmpty();
    }

    [Fact]
    public async Task A_stranger_is_told_nothing()
    {
        await using var people = await TestPeople.Open();
        var (alice, _) = await Friends(people);
        var mallory = await people.Register("mallory");

        people.Board.Came(alice, "1");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(mallory).Should().BeEmpty();
    }

    [Fact]
    public async Task A_reload_within_the_grace_is_silent()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        people.Board.Came(alice, "1");
        people.Board.Went(alice, "1");
        people.Clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        await people.Board.Settled();
        people.Board.Came(alice, "2");
        people.Clock.Advance(10 * Grace);
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Select(notice => notice.Presence).Should().Equal(Presence.Online);
    }

    [Fact]
    public async Task Offline_is_told_once_after_the_grace_with_the_time_of_going()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1", "2");
        people.Board.Went(alice, "1");
        people.Clock.Advance(TimeSpan.FromSeconds(7));
        people.Board.Went(alice, "2");
        people.Board.Went(alice, "2");
        var went = people.Clock.GetUtcNow();
        people.Clock.Advance(10 * Grace);
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Should().ContainSingle().Which.Should().Match<PresenceNotice>(
            notice => notice.Presence == Presence.Offline && notice.LastSeen == went);
    }

    [Fact]
    public async Task Until_the_grace_is_over_a_user_looks_online()
    {
        await using var people = await TestPeople.Open();
        var (alice, _) = await Friends(people);
        people.Board.Came(alice, "1");
        people.Board.Went(alice, "1");

        people.Clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        people.Board.Of(alice).Should().Be(Presence.Online);
        people.Clock.Advance(TimeSpan.FromMilliseconds(1));
        people.Board.Of(alice).Should().Be(Presence.Offline);
    }

    [Fact]
    public async Task One_of_two_devices_going_changes_nothing()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1", "2");

        people.Board.Went(alice, "1");
        people.Clock.Advance(10 * Grace);
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Should().BeEmpty();
        people.Board.Of(alice).Should().Be(Presence.Online);
    }

    [Fact]
    public async Task A_user_is_away_when_all_devices_are_idle()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1", "2");

        people.Board.Idle(alice, "1", true);
        people.Board.Of(alice).Should().Be(Presence.Online);
        people.Board.Idle(alice, "2", true);
        people.Board.Of(alice).Should().Be(Presence.Away);
        await people.Board.Settled();
        people.Board.Idle(alice, "2", false);
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Select(notice => notice.Presence).Should().Equal(Presence.Away, Presence.Online);
    }

    [Fact]
    public async Task When_the_only_active_device_goes_the_user_is_away_after_the_grace()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1", "2");
        people.Board.Idle(alice, "2", true);

        people.Board.Went(alice, "1");
        people.Board.Of(alice).Should().Be(Presence.Online);
        people.Clock.Advance(Grace);
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Select(notice => notice.Presence).Should().Equal(Presence.Away);
    }

    [Fact]
    public async Task Counted_are_those_whom_others_see()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        people.Board.Came(alice, "1");
        people.Board.Came(bob, "2");
        people.Board.Chose(bob, PresenceChoice.Invisible);

        people.Board.OnlineCount([alice, bob]).Should().Be(1);
        people.Board.OnlineCount().Should().Be(1);
    }

    [Fact]
    public async Task Comings_and_goings_at_once_lose_nobody()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(device => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                people.Board.Came(alice, $"{device}");
                people.Board.Went(alice, $"{device}");
            }
        })));
        people.Clock.Advance(Grace);
        await people.Board.Settled();

        people.Board.Of(alice).Should().Be(Presence.Offline);
        people.Audience.HeardBy<PresenceNotice>(bob).Count(notice => notice.Presence == Presence.Offline).Should().BeLessThanOrEqualTo(1);
        people.Board.Present().Should().BeEmpty();
    }

    [Fact]
    public async Task Who_is_here_when_the_server_stops_was_last_seen_then()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1");
        people.Clock.Advance(TimeSpan.FromHours(3));

        await people.StopTelling();

        var fresh = new Sight(new PresenceBoard(people.Clock, Options.Create(new PresenceOptions())));
        var seen = await people.Database.Read(sql => fresh.Of(sql, bob, [alice]));
        seen(alice).LastSeen.Should().Be(people.Clock.GetUtcNow());
    }

    internal static async Task<(UserId Alice, UserId Bob)> Friends(TestPeople people)
    {
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));
        await people.Conversation(alice, bob);
        return (alice, bob);
    }

    internal static async Task Come(TestPeople people, UserId user, params string[] connections)
    {
        foreach (var connection in connections) people.Board.Came(user, connection);
        await people.Board.Settled();
        people.Audience.Forget();
    }
}
