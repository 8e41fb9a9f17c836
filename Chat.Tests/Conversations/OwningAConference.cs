using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class OwningAConference
{
    [Fact]
    public async Task An_owner_puts_out_a_member()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");

        (await house.Departures.Remove(alice, new() { Conversation = conference, UserName = "Bob" })).Ok.Should().BeTrue();

        (await house.Entries(conference))[^1].Should().Match<StoredEntry>(entry => entry.Kind == EntryKind.Removed && entry.Author == alice && entry.Parts.Member == bob);
        (await house.VisibleTo(bob, conference))!.IsOpen.Should().BeFalse();
        (await house.InboxOf(bob)).OfType<ConversationLeft>().Single().LeftSeq.Should().Be(2);
    }

    [Fact]
    public async Task Who_is_not_in_it_cannot_be_put_out_whether_there_is_such_a_user_or_not()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");

        foreach (var name in new[] { "dave", "nobody", "" })
            (await house.Departures.Remove(alice, new() { Conversation = conference, UserName = name })).Refusal.Should().Be(Refusal.NotAMember);
        (await house.Departures.Remove(alice, new() { Conversation = conference, UserName = "alice" })).Refusal!.Field.Should().Be("userName");
    }

    [Fact]
    public async Task Others_may_do_none_of_it()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        var before = await house.Everything();

        (await house.Departures.Remove(bob, new() { Conversation = conference, UserName = "carol" })).Refusal.Should().Be(Refusal.Forbidden);
        (await house.Roles.Change(bob, new() { Conversation = conference, UserName = "bob", Role = Role.Owner })).Refusal.Should().Be(Refusal.Forbidden);
        (await house.Rename(bob, conference, "Mine")).Refusal.Should().Be(Refusal.Forbidden);

        (await house.Everything()).Should().Be(before);
    }

    [Fact]
    public async Task A_role_is_judged_as_it_is_at_the_call()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "bob", Role = Role.Owner });
        (await house.Rename(bob, conference, "Ours")).Ok.Should().BeTrue();

        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "bob", Role = Role.Member });

        (await house.Rename(bob, conference, "Mine")).Refusal.Should().Be(Refusal.Forbidden);
    }

    [Fact]
    public async Task The_last_owner_stepping_down_makes_the_longest_standing_other_owner()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");

        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "alice", Role = Role.Member });

        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.RoleChanged, EntryKind.RoleChanged);
        (await house.See(alice, conference)).Role.Should().Be(Role.Member);
        (await house.See(bob, conference)).Role.Should().Be(Role.Owner);
    }

    [Fact]
    public async Task Alone_nobody_steps_down()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var conference = await house.OpenConference(alice, "ops");

        (await house.Roles.Change(alice, new() { Conversation = conference, UserName = "alice", Role = Role.Member })).Refusal!.Name.Should().Be("forbidden");
        (await house.Roles.Change(alice, new() { Conversation = conference, UserName = "alice", Role = (Role)7 })).Refusal!.Field.Should().Be("role");
    }

    [Fact]
    public async Task Two_owners_leaving_at_once_leave_an_owner()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Roles.Change(alice, new() { Conversation = conference, UserName = "bob", Role = Role.Owner });

        await Task.WhenAll(house.Leave(alice, conference), house.Leave(bob, conference));

        (await house.See(carol, conference)).Role.Should().Be(Role.Owner);
    }

    [Fact]
    public async Task Renaming_is_an_entry_and_to_the_same_is_none()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");

        await house.Rename(alice, conference, "Plans");
        await house.Rename(alice, conference, " Plans ");
        (await house.See(alice, conference)).Title.Should().Be("Plans");
        await house.Rename(alice, conference, "");

        (await house.See(alice, conference)).Title.Should().BeNull();
        (await house.Kinds(conference)).Should().Equal(EntryKind.Started, EntryKind.Renamed, EntryKind.Renamed);
    }
}
