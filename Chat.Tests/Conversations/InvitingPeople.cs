using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class InvitingPeople
{
    [Fact]
    public async Task Any_member_may_and_the_newcomer_reads_from_there_on()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var dave = await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "before dave");

        var answer = await house.Invite(bob, conference, "dave", "carol");

        answer.Value!.Invited.Should().Equal(new Invited("dave", InviteResult.Added), new Invited("carol", InviteResult.AlreadyMember));
        var joined = (await house.Entries(conference))[^1];
        (joined.Kind, joined.Author, joined.Parts.Member, joined.Parts.FromSeq).Should().Be((EntryKind.Joined, bob, dave, null));
        (await house.VisibleTo(dave, conference))!.Intervals.Should().Equal(new Interval(3, 3, null));
        (await house.InboxOf(dave)).OfType<ConversationAdded>().Single().Should().Match<ConversationAdded>(added => added.JoinedSeq == 3 && added.FirstSeq == 3);
    }

    [Theory]
    [InlineData(SharedHistory.All, null, 1)]
    [InlineData(SharedHistory.FromSeq, 2L, 2)]
    [InlineData(SharedHistory.FromSeq, 99L, 4)]
    public async Task An_owner_may_share_history(SharedHistory history, long? from, long first)
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var dave = await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "one");
        await house.Say(alice, conference, "two");

        var answer = await house.Invitations.Invite(alice, new()
        {
            Conversation = conference, UserNames = ["dave"], OperationId = house.NewOperation(), History = history, FromSeq = from,
        });

        answer.Ok.Should().BeTrue();
        (await house.VisibleTo(dave, conference))!.Intervals.Should().Equal(new Interval(4, first, null));
    }

    [Fact]
    public async Task Others_may_not_share_history()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");

        var answer = await house.Invitations.Invite(bob, new()
        {
            Conversation = conference, UserNames = ["dave"], OperationId = house.NewOperation(), History = SharedHistory.All,
        });

        answer.Refusal.Should().Be(Refusal.Forbidden);
    }

    [Fact]
    public async Task An_owner_shares_no_more_than_the_owner_can_read()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var dave = await house.Add("dave");
        var erin = await house.Add("erin");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "not for dave");
        await house.Invite(alice, conference, "dave");
        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "dave", Role = Role.Owner });
        Invite invite = new() { Conversation = conference, UserNames = ["erin"], OperationId = house.NewOperation(), History = SharedHistory.FromSeq, FromSeq = 2 };

        (await house.Invitations.Invite(dave, invite)).Refusal!.Field.Should().Be("fromSeq");
        await house.Invitations.Invite(dave, invite with { History = SharedHistory.All, FromSeq = null, OperationId = house.NewOperation() });

        (await house.VisibleTo(erin, conference))!.First.Should().Be(3, "that is where dave came");
    }

    [Fact]
    public async Task A_retry_adds_nobody_twice_and_answers_the_same()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");
        Invite invite = new() { Conversation = conference, UserNames = ["dave"], OperationId = house.NewOperation() };

        var first = await house.Invitations.Invite(alice, invite);
        var again = await house.Invitations.Invite(alice, invite);

        again.Value!.Invited.Should().Equal(first.Value!.Invited);
        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.Joined);
        (await house.Invitations.Invite(alice, invite with { UserNames = ["bob"] })).Refusal!.Name.Should().Be("operationIdReused");
    }

    [Fact]
    public async Task A_retry_is_answered_even_after_the_inviter_was_put_out()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");
        Invite invite = new() { Conversation = conference, UserNames = ["dave"], OperationId = house.NewOperation() };
        await house.Invitations.Invite(bob, invite);
        await house.Departures.Remove(alice, new() { Conversation = conference, UserName = "bob" });

        (await house.Invitations.Invite(bob, invite)).Value!.Invited.Should().Equal(new Invited("dave", InviteResult.Added));
    }

    [Fact]
    public async Task Ten_thousand_names_are_refused()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");

        var answer = await house.Invite(alice, conference, [.. Enumerable.Range(0, 10_000).Select(i => $"user{i}")]);

        (answer.Refusal!.Name, answer.Refusal.Field).Should().Be(("tooLarge", "userNames"));
    }

    [Fact]
    public async Task Who_comes_back_reads_what_came_before_the_leave_and_after_the_return_with_a_hole_between()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Leave(bob, conference);
        await house.Say(alice, conference, "behind bob's back");

        await house.Invite(alice, conference, "bob");

        (await house.VisibleTo(bob, conference))!.Intervals.Should().Equal(new Interval(1, 1, 2), new Interval(4, 4, null));
    }

    [Fact]
    public async Task Into_the_Lobby_is_no_use()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");

        (await house.Invite(alice, Lobby.Id, "bob")).Refusal.Should().Be(Refusal.LobbyStays);
    }
}
