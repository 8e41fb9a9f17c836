using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class StartingAPrivateChat
{
    [Fact]
    public async Task From_both_sides_at_once_two_hundred_times_makes_one()
    {
        await using var house = await House.Build();
        UserId[] two = [await house.Add("alice"), await house.Add("bob")];

        var chats = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => house.PrivateChat(two[i % 2], i % 2 == 0 ? "bob" : "alice")));

        chats.Select(chat => chat.ConversationId).Distinct().Should().ContainSingle();
        (await house.Entries(chats[0].ConversationId)).Should().ContainSingle();
        (await house.Store.Database.Read(sql => sql.One("SELECT COUNT(*) FROM transcript", row => row.GetInt64(0)))).Should().Be(4, "two inboxes, the Lobby and the chat");
    }

    [Fact]
    public async Task Answers_the_chat_with_both_members()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");

        var chat = await house.PrivateChat(alice, "BOB");

        chat.Kind.Should().Be(ConversationKind.PrivateChat);
        chat.Members.Select(member => member.Person.User).Should().BeEquivalentTo([alice, bob]);
        (chat.MemberCount, chat.Head, chat.Role, chat.FirstSeq).Should().Be((2, 1, Role.Member, 1));
        chat.ConversationId.Value.Should().StartWith("c").And.HaveLength(33);
    }

    [Fact]
    public async Task Tells_the_starter_and_not_the_other()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");

        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;

        (await house.InboxOf(alice)).Should().ContainSingle().Which.Should().BeEquivalentTo(new ConversationAdded(chat, 1, 1), o => o.Including(e => ((ConversationAdded)e).Conversation));
        (await house.InboxOf(bob)).Should().BeEmpty();
        (await house.IdsOf(alice)).Should().Equal(chat);
        (await house.IdsOf(bob, all: true)).Should().BeEmpty("the first message tells");
    }

    [Fact]
    public async Task From_the_other_side_before_the_first_message_tells_the_other_too()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;

        await house.PrivateChat(bob, "alice");

        (await house.IdsOf(bob)).Should().Equal(chat);
        (await house.InboxOf(bob)).Should().ContainSingle().Which.Should().BeOfType<ConversationAdded>();
    }

    [Fact]
    public async Task Again_brings_back_one_that_was_hidden()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        await house.Settings.Hide(alice, new() { Conversation = chat });

        (await house.PrivateChat(alice, "bob")).Hidden.Should().BeFalse();

        (await house.IdsOf(alice)).Should().Equal(chat);
        (await house.InboxOf(alice)).OfType<ConversationChanged>().Select(changed => changed.Hidden).Should().Equal(true, false);
    }

    [Fact]
    public async Task With_oneself_is_a_notebook()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");

        var notebook = await house.PrivateChat(alice, "alice");
        var again = await house.PrivateChat(alice, "alice");

        notebook.MemberCount.Should().Be(1);
        notebook.Members.Should().ContainSingle();
        again.ConversationId.Should().Be(notebook.ConversationId);
        (await house.IdsOf(alice)).Should().Equal(notebook.ConversationId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_block_either_way_refuses_a_new_one_and_changes_nothing(bool blockedByOther)
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Block(blockedByOther ? bob : alice, blockedByOther ? alice : bob);
        var before = await house.Everything();

        (await house.PrivateChats.Start(alice, new() { With = "bob" })).Refusal.Should().Be(Refusal.Unavailable);

        (await house.Everything()).Should().Be(before);
    }

    [Fact]
    public async Task A_block_does_not_take_away_one_that_exists()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var chat = await house.PrivateChat(alice, "bob");
        await house.Block(bob, alice);

        (await house.PrivateChat(alice, "bob")).ConversationId.Should().Be(chat.ConversationId);
    }

    [Fact]
    public async Task Nobody_and_a_deactivated_user_look_the_same()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Deactivate(await house.Add("bob"));

        (await house.PrivateChats.Start(alice, new() { With = "bob" })).Refusal.Should().Be(Refusal.NoSuchUser);
        (await house.PrivateChats.Start(alice, new() { With = "nobody" })).Refusal.Should().Be(Refusal.NoSuchUser);
        (await house.PrivateChats.Start(alice, new() { With = new string('x', 100_000) })).Refusal.Should().Be(Refusal.NoSuchUser);
    }

    [Fact]
    public async Task It_cannot_be_left_and_nobody_put_out()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;

        (await house.Leave(alice, chat)).Refusal.Should().Be(Refusal.NotAConference);
        (await house.Departures.Remove(alice, new() { Conversation = chat, UserName = "bob" })).Refusal.Should().Be(Refusal.NotAConference);
        (await house.Rename(alice, chat, "Ours")).Refusal.Should().Be(Refusal.NotAConference);
        (await house.Roles.Change(alice, new() { Conversation = chat, UserName = "bob", Role = Role.Owner })).Refusal.Should().Be(Refusal.NotAConference);
        (await house.Open.Join(alice, new() { Conversation = chat })).Value!.ConversationId.Should().Be(chat, "joining where one is already changes nothing");
        (await house.Kinds(chat)).Should().Equal(EntryKind.Started);
    }
}
