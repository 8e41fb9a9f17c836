using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class TheMembers
{
    [Fact]
    public async Task Are_read_in_order_of_user_names_page_by_page()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        foreach (var name in new[] { "dave", "bob", "carol" }) await house.Add(name);
        var conference = await house.Conference(alice, "dave", "bob", "carol");

        var first = (await house.Members.Read(alice, new() { Conversation = conference, Limit = 3 })).Value!;
        var second = (await house.Members.Read(alice, new() { Conversation = conference, Limit = 3, After = first.Next })).Value!;

        first.Items.Select(member => member.Person.UserName).Should().Equal("alice", "bob", "carol");
        second.Items.Select(member => member.Person.UserName).Should().Equal("dave");
        (first.MemberCount, second.Next).Should().Be((4, null));
    }

    [Fact]
    public async Task Are_shown_with_presence_and_read_marks()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        house.Board.Came(bob, "phone");
        house.Board.Idle(bob, "phone", true);
        await house.Run("UPDATE chat_user SET last_seen = 5000 WHERE id = @bob", ("bob", bob));
        await house.Say(alice, conference, "hello");
        await house.Read(bob, conference, 2);

        var page = (await house.Members.Read(alice, new() { Conversation = conference })).Value!;

        page.Items[1].Should().Match<Member>(member => member.Presence == Presence.Away && member.ReadSeq == 2 && member.LastSeen == null);
        page.OnlineCount.Should().Be(1);
        house.Board.Went(bob, "phone");
        house.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        (await house.See(alice, conference)).Members.Single(member => member.Person.User == bob).LastSeen.Should().Be(DateTimeOffset.FromUnixTimeSeconds(5));
    }

    [Fact]
    public async Task Who_blocked_the_caller_looks_away_from_everything()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        house.Board.Came(bob, "phone");
        await house.Run("UPDATE chat_user SET last_seen = 5000 WHERE id = @bob", ("bob", bob));
        await house.Block(bob, alice);

        var page = (await house.Members.Read(alice, new() { Conversation = conference })).Value!;

        page.Items[1].Should().Match<Member>(member => member.Presence == Presence.Offline && member.ReadSeq == null && member.LastSeen == null);
        page.OnlineCount.Should().Be(0);
        (await house.See(alice, conference)).Members.Single(member => member.Person.User == bob).Presence.Should().Be(Presence.Offline);
        (await house.See(bob, conference)).Members.Single(member => member.Person.User == alice).ReadSeq.Should().NotBeNull();
    }

    [Fact]
    public async Task When_last_seen_is_hidden_it_is_absent()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Run("UPDATE chat_user SET last_seen = 5000, hides_last_seen = 1 WHERE id = @bob", ("bob", bob));

        (await house.PrivateChat(alice, "bob")).Members.Should().OnlyContain(member => member.LastSeen == null);
    }

    [Fact]
    public async Task Of_the_Lobby_are_all_who_are_not_deactivated()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Deactivate(await house.Add("bob"));
        await house.Add("carol");
        house.Board.Came(alice, "phone");

        var page = (await house.Members.Read(alice, new() { Conversation = Lobby.Id })).Value!;

        page.Items.Select(member => member.Person.UserName).Should().Equal("alice", "carol");
        (page.MemberCount, page.OnlineCount).Should().Be((2, 1));
    }

    [Fact]
    public async Task Who_blocked_the_caller_is_not_counted_as_online_in_the_Lobby()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        house.Board.Came(alice, "phone");
        house.Board.Came(bob, "phone");
        await house.Block(bob, alice);

        (await house.Members.Read(alice, new() { Conversation = Lobby.Id })).Value!.OnlineCount.Should().Be(1);
        (await house.Members.Read(bob, new() { Conversation = Lobby.Id })).Value!.OnlineCount.Should().Be(2);
    }
}
