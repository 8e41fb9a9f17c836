using Chat.Contracts;

namespace Chat.Tests.Conversations;

public sealed class WhoLeft
{
    [Fact]
    public async Task Sees_the_conference_as_it_was_at_the_leave()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Rename(alice, conference, "Plans");
        await house.Leave(bob, conference);
        var leftAt = house.Store.Clock.GetUtcNow();

        house.Store.Clock.Advance(TimeSpan.FromHours(1));
        await house.Rename(alice, conference, "Plans without bob");
        await house.Add("dave");
        await house.Invite(alice, conference, "dave");

        var seen = await house.See(bob, conference);
        (seen.Title, seen.Head, seen.Role, seen.MemberCount, seen.LastActivityAt).Should().Be(("Plans", 3, null, 0, leftAt));
        seen.Members.Should().BeEmpty();
    }

    [Fact]
    public async Task Finds_it_in_the_whole_list_at_the_time_of_the_leave()
    {
        await using var house = await House.Build(lobby: false);
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var left = await house.Conference(alice, "bob", "carol");
        await house.Leave(bob, left);
        house.Store.Clock.Advance(TimeSpan.FromHours(1));
        var other = await house.Conference(bob, "alice", "carol");
        house.Store.Clock.Advance(TimeSpan.FromHours(1));
        await house.Say(alice, left, "this must not move it in bob's list");

        (await house.IdsOf(bob, all: true)).Should().Equal(other, left);
    }

    [Fact]
    public async Task May_do_nothing_there_any_more()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "bob", Role = Role.Owner });
        await house.Departures.Remove(alice, new() { Conversation = conference, UserName = "bob" });

        (await Strangers.DoEverything(house, bob, conference)).Should().OnlyContain(answer => answer.Contains("noSuchConversation"));
    }
}
