using Chat.Contracts;

namespace Chat.Tests.Conversations;

public sealed class ThePreview
{
    [Fact]
    public async Task Is_the_latest_message_with_the_beginning_of_its_text()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        await house.Say(alice, chat, "first");
        var seq = await house.Say(alice, chat, string.Concat(Enumerable.Repeat("🙂", 300)));

        var preview = (await house.ListOf(alice)).Single(row => row.ConversationId == chat).LastMessage!;

        (preview.Seq, preview.Author.UserName, preview.SentAt).Should().Be((seq, "alice", house.Store.Clock.GetUtcNow()));
        preview.Text.Should().Be(string.Concat(Enumerable.Repeat("🙂", 200)));
    }

    [Fact]
    public async Task Says_what_the_last_edit_says()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        var seq = await house.Say(alice, chat, "frist");
        await house.Edit(alice, chat, seq, "firts");
        await house.Edit(alice, chat, seq, "first");

        (await house.See(alice, chat)).LastMessage.Should().Match<Preview>(preview => preview.Seq == seq && preview.Text == "first");
    }

    [Fact]
    public async Task Says_nothing_of_a_deleted_message_or_a_blocked_author()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        var seq = await house.Say(alice, chat, "oops");

        await house.Block(bob, alice);
        (await house.See(bob, chat)).LastMessage.Should().Match<Preview>(preview => preview.Seq == seq && preview.Text == null);
        (await house.See(alice, chat)).LastMessage!.Text.Should().Be("oops", "bob blocked alice, not she him");
        await house.Delete(chat, seq);
        (await house.See(alice, chat)).LastMessage.Should().Match<Preview>(preview => preview.Seq == seq && preview.Text == null);
    }

    [Fact]
    public async Task Of_a_newcomer_holds_nothing_from_before()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var dave = await house.Add("dave");
        var conference = await house.Conference(alice, "bob", "carol");
        var seq = await house.Say(alice, conference, "before");
        await house.Invite(alice, conference, "dave");
        await house.Edit(alice, conference, seq, "an edit of what dave may not read");

        (await house.See(dave, conference)).LastMessage.Should().BeNull();
    }

    [Fact]
    public async Task Of_whoever_left_holds_no_message_and_no_edit_from_after()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        var conference = await house.Conference(alice, "bob", "carol");
        var seq = await house.Say(alice, conference, "before");
        await house.Leave(bob, conference);
        await house.Edit(alice, conference, seq, "rewritten behind bob's back");
        await house.Say(alice, conference, "after");

        (await house.See(bob, conference)).LastMessage.Should().Match<Preview>(preview => preview.Seq == seq && preview.Text == "before");
    }
}
