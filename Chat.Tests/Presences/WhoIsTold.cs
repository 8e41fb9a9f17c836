using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Tests.Support;
using Microsoft.Extensions.Options;
using static Chat.Tests.Presences.ComingAndGoing;

namespace Chat.Tests.Presences;

public sealed class WhoIsTold
{
    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_conference_of_more_than_100_members_tells_nobody(int members, bool told)
    {
        await using var people = await TestPeople.Open();
        List<UserId> users = [];
        for (var i = 0; i < members; i++) users.Add(await people.Register($"user{i}x"));
        await people.Conversation([.. users]);

        people.Board.Came(users[0], "1");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(users[1]).Any().Should().Be(told);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task In_the_Lobby_everybody_is_told_while_there_are_at_most_100_users(int users, bool told)
    {
        await using var people = await TestPeople.Open(lobby: true);
        List<UserId> all = [];
        for (var i = 0; i < users; i++) all.Add(await people.Register($"user{i}x"));

        people.Board.Came(all[0], "1");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(all[^1]).Any().Should().Be(told);
    }

    [Fact]
    public async Task The_blocked_one_hears_nothing_and_sees_nobody()
    {
        await using var people = await TestPeople.Open(lobby: true);
        var (alice, bob) = await Friends(people);
        await people.Blocks.Block(alice, new() { UserName = "bob" });
        await Come(people, alice, "1");
        people.Board.Went(alice, "1");
        people.Clock.Advance(TimeSpan.FromMinutes(1));
        people.Board.Came(alice, "2");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Should().BeEmpty();
        (await people.Database.Read(sql => people.Sight.Of(sql, bob, [alice])))(alice).Should().Be(Seen.Nothing);
    }

    [Fact]
    public async Task The_blocker_still_sees_the_blocked_one()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await people.Blocks.Block(alice, new() { UserName = "bob" });

        people.Board.Came(bob, "1");
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(alice).Should().ContainSingle(notice => notice.Presence == Presence.Online);
    }

    [Fact]
    public async Task A_block_looks_like_going_and_its_end_like_coming()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1");

        await people.Blocks.Block(alice, new() { UserName = "bob" });
        await people.Board.Settled();
        await people.Blocks.Unblock(alice, new() { UserName = "bob" });
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Select(notice => (notice.Presence, notice.LastSeen))
            .Should().Equal((Presence.Offline, null), (Presence.Online, null));
    }

    [Fact]
    public async Task To_become_invisible_looks_like_going_and_to_end_it_like_coming()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1");
        var hid = people.Clock.GetUtcNow();

        await people.Profiles.SetPresence(alice, "1", new() { Choice = PresenceChoice.Invisible });
        await people.Board.Settled();
        people.Clock.Advance(TimeSpan.FromHours(1));
        await people.Profiles.SetPresence(alice, "1", new() { Choice = PresenceChoice.Auto });
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Select(notice => (notice.Presence, notice.LastSeen))
            .Should().Equal((Presence.Offline, hid), (Presence.Online, null));
    }

    [Fact]
    public async Task The_invisible_come_and_go_unseen()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await people.Profiles.SetPresence(alice, "1", new() { Choice = PresenceChoice.Invisible });

        await Come(people, alice, "1");
        people.Board.Went(alice, "1");
        people.Clock.Advance(TimeSpan.FromMinutes(1));
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Should().BeEmpty();
        (await people.Database.Read(sql => people.Sight.Of(sql, bob, [alice])))(alice).Should().Be(Seen.Nothing);
    }

    [Fact]
    public async Task The_invisible_stay_so_when_the_server_starts_anew()
    {
        await using var people = await TestPeople.Open();
        var (alice, _) = await Friends(people);
        await people.Profiles.SetPresence(alice, "1", new() { Choice = PresenceChoice.Invisible });

        var board = new PresenceBoard(people.Clock, Options.Create(new PresenceOptions()));
        using var teller = people.NewPresenceTeller(board);
        await teller.StartAsync(CancellationToken.None);
        board.Came(alice, "1");
        await board.Settled();

        board.Of(alice).Should().Be(Presence.Offline);
        board.OfOneself(alice).Should().Be(Presence.Online);
        await teller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Who_hides_it_was_never_last_seen()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await people.Profiles.Edit(alice, new() { Version = 1, HidesLastSeen = true });
        await Come(people, alice, "1");

        people.Board.Went(alice, "1");
        people.Clock.Advance(TimeSpan.FromMinutes(1));
        await people.Board.Settled();

        people.Audience.HeardBy<PresenceNotice>(bob).Should().ContainSingle().Which.LastSeen.Should().BeNull();
        (await people.Database.Read(sql => people.Sight.Of(sql, bob, [alice])))(alice).Should().Be(Seen.Nothing);
    }

    [Fact]
    public async Task Last_seen_is_seen_by_those_who_look()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = await Friends(people);
        await Come(people, alice, "1");
        people.Board.Went(alice, "1");
        var went = people.Clock.GetUtcNow();
        people.Clock.Advance(TimeSpan.FromMinutes(1));
        await people.Board.Settled();

        (await people.Database.Read(sql => people.Sight.Of(sql, bob, [alice])))(alice).Should().Be(new Seen(Presence.Offline, went));
    }
}
