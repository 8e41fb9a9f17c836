using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class TheUnread
{
    [Fact]
    public async Task Are_the_readable_messages_above_the_mark_without_ones_own()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "read");
        await house.Read(bob, conference, 2);
        var third = await house.Say(alice, conference, "one", bob);
        await house.Say(bob, conference, "mine");
        var deleted = await house.Say(alice, conference, "gone", bob);
        await house.Edit(alice, conference, third, "an edit is no message");
        await house.Say(alice, conference, "two");
        await house.Delete(conference, deleted);

        var seen = await house.See(bob, conference);

        (seen.Unread, seen.Mentions, seen.ReadSeq).Should().Be((2, 1, 2));
    }

    [Fact]
    public async Task Do_not_hold_what_blocked_users_say()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "hey", bob);
        await house.Block(bob, alice);

        (await house.See(bob, conference)).Should().Match<Conversation>(seen => seen.Unread == 0 && seen.Mentions == 0);
    }

    [Fact]
    public async Task Of_a_newcomer_begin_with_the_joining()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var dave = await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "before");
        await house.Invite(alice, conference, "dave");
        await house.Say(alice, conference, "after");

        (await house.See(dave, conference)).Unread.Should().Be(1);
    }

    [Fact]
    public async Task Of_whoever_left_end_with_the_leaving()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        await house.Say(alice, conference, "before", bob);
        await house.Leave(bob, conference);
        await house.Say(alice, conference, "after", bob);

        (await house.See(bob, conference)).Should().Match<Conversation>(seen => seen.Unread == 1 && seen.Mentions == 1);
    }

    [Fact]
    public async Task Are_counted_up_to_a_thousand()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        for (var half = 0; half < 2; half++) await Task.WhenAll(Enumerable.Range(0, Limits.UnreadCounted / 2).Select(_ => house.Say(alice, chat, "more")));
        await house.Say(alice, chat, "one too many");

        (await house.See(bob, chat)).Unread.Should().Be(Limits.UnreadCounted);
    }

    [Fact]
    public async Task Of_the_Lobby_begin_with_the_registration()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Say(alice, Lobby.Id, "welcome");
        var bob = await house.Add("bob");
        await house.Say(alice, Lobby.Id, "hello bob", bob);

        var lobby = (await house.ListOf(bob)).Single();

        (lobby.Unread, lobby.Mentions, lobby.ReadSeq, lobby.Head).Should().Be((1, 1, 1, 2));
    }
}
