using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class LeavingAConference
{
    [Fact]
    public async Task Ends_the_membership_with_the_entry_and_tells_ones_devices()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");

        await house.Leave(bob, conference);

        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.Left);
        (await house.VisibleTo(bob, conference))!.Intervals.Should().Equal(new Interval(1, 1, 2));
        (await house.InboxOf(bob)).OfType<ConversationLeft>().Single().LeftSeq.Should().Be(2);
        (await house.See(alice, conference)).MemberCount.Should().Be(2);
        (await house.IdsOf(bob)).Should().BeEmpty();
        (await house.IdsOf(bob, all: true)).Should().Equal(conference);
    }

    [Fact]
    public async Task Twice_is_once_and_a_stranger_cannot()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var mallory = await house.Add("mallory");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Leave(bob, conference);

        (await house.Leave(bob, conference)).Ok.Should().BeTrue();
        (await house.Leave(mallory, conference)).Refusal.Should().Be(Refusal.NoSuchConversation);

        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.Left);
    }

    [Fact]
    public async Task Of_the_last_owner_makes_the_longest_standing_member_owner()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Leave(bob, conference);
        await house.Invite(alice, conference, "bob");

        await house.Leave(alice, conference);

        (await house.Kinds(conference)).TakeLast(2).Should().Equal(EntryKind.RoleChanged, EntryKind.Left);
        (await house.Entries(conference))[^2].Author.Should().Be(alice);
        (await house.See(carol, conference)).Role.Should().Be(Role.Owner, "bob came back after carol came");
        (await house.See(bob, conference)).Role.Should().Be(Role.Member);
    }

    [Fact]
    public async Task Passes_over_those_who_cannot_log_in_any_more()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Deactivate(bob);

        await house.Leave(alice, conference);

        (await house.See(carol, conference)).Role.Should().Be(Role.Owner);
    }

    [Fact]
    public async Task Of_the_service_hands_on_what_nobody_else_looks_after_and_keeps_everybody_in()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var alone = await house.OpenConference(alice, "alone");
        var withBob = await house.Conference(alice, "bob", "carol");
        var owned = await house.Conference(alice, "bob", "carol");
        await house.Roles.Change(alice, new() { Conversation = owned, UserName = "carol", Role = Role.Owner });
        await house.PrivateChat(alice, "bob");
        await house.Deactivate(alice);

        for (var time = 0; time < 2; time++) await house.Departures.HandOn("Alice");

        (await house.Kinds(withBob)).Should().Equal(EntryKind.Started, EntryKind.RoleChanged);
        (await house.See(bob, withBob)).Role.Should().Be(Role.Owner);
        (await house.See(carol, withBob)).Role.Should().Be(Role.Member);
        (await house.See(alice, withBob)).Role.Should().Be(Role.Owner, "who is let in again is what one was");
        (await house.Kinds(owned)).Should().Equal(EntryKind.Started, EntryKind.RoleChanged);
        (await house.Kinds(alone)).Should().Equal(EntryKind.Started);
    }

    [Fact]
    public async Task Of_one_owner_among_two_changes_no_role()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "carol", Role = Role.Owner });

        await house.Leave(alice, conference);

        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.RoleChanged, EntryKind.Left);
    }

    [Fact]
    public async Task Of_the_last_member_archives_it_and_frees_its_name()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var conference = await house.OpenConference(alice, "ops", "bob");
        await house.Leave(alice, conference);
        await house.Leave(bob, conference);

        (await house.See(bob, conference)).Should().Match<Conversation>(seen => seen.Archived && seen.Role == null && seen.Name == "ops");
        (await house.See(alice, conference)).Archived.Should().BeFalse("that is news from after alice left");
        (await house.Open.Join(alice, new() { Conversation = conference })).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await house.OpenConference(alice, "ops")).Should().NotBe(conference);
    }

    [Fact]
    public async Task The_Lobby_cannot_be_left()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");

        (await house.Leave(alice, Lobby.Id)).Refusal.Should().Be(Refusal.LobbyStays);
    }

    [Fact]
    public async Task Coming_and_going_many_times_keeps_one_interval()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var conference = await house.OpenConference(alice, "ops");

        for (var i = 0; i < 20; i++)
        {
            await house.Open.Join(bob, new() { Name = "ops" });
            await house.Leave(bob, conference);
        }

        (await house.VisibleTo(bob, conference))!.Intervals.Should().Equal(new Interval(40, 1, 41));
        (await house.See(alice, conference)).MemberCount.Should().Be(1);
    }
}
