using Chat.Contracts;

namespace Chat.Tests.Conversations;

public sealed class GoingOnFromAPrivateChat
{
    [Fact]
    public async Task Makes_a_new_conference_of_the_two_and_the_invited()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;

        var answer = await house.Invite(bob, chat, "carol", "alice");

        var conference = answer.Value!.Conversation;
        conference.ConversationId.Should().NotBe(chat);
        (conference.Kind, conference.ContinuedFrom, conference.MemberCount, conference.Role).Should().Be((ConversationKind.Conference, chat, 3, Role.Owner));
        answer.Value.Invited.Should().Equal(new Invited("carol", InviteResult.Added), new Invited("alice", InviteResult.AlreadyMember));
        (await house.See(alice, conference.ConversationId)).Role.Should().Be(Role.Member);
        (await house.IdsOf(carol)).Should().Equal(conference.ConversationId);
    }

    [Fact]
    public async Task Shows_the_newcomer_nothing_of_the_private_chat()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var carol = await house.Add("carol");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        await house.Say(alice, chat, "secret");

        var conference = (await house.Invite(alice, chat, "carol")).Value!.Conversation.ConversationId;

        (await house.List.Get(carol, new() { Conversation = chat })).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await house.VisibleTo(carol, chat)).Should().BeNull();
        (await house.Entries(conference)).Should().ContainSingle().Which.Body.Should().NotContain("secret");
        (await house.See(carol, conference)).LastMessage.Should().BeNull();
        (await house.See(alice, chat)).MemberCount.Should().Be(2, "the private chat stays as it is");
    }

    [Theory]
    [InlineData(SharedHistory.All, null)]
    [InlineData(SharedHistory.FromSeq, 1L)]
    public async Task History_cannot_be_shared(SharedHistory history, long? from)
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        var before = await house.Everything();

        var answer = await house.Invitations.Invite(alice, new()
        {
            Conversation = chat, UserNames = ["carol"], OperationId = house.NewOperation(), History = history, FromSeq = from,
        });

        (answer.Refusal!.Name, answer.Refusal.Field).Should().Be(("invalid", "history"));
        (await house.Everything()).Should().Be(before);
    }

    [Fact]
    public async Task A_retry_answers_the_same_conference()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        Invite invite = new() { Conversation = (await house.PrivateChat(alice, "bob")).ConversationId, UserNames = ["carol"], OperationId = house.NewOperation() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => house.Invitations.Invite(alice, invite)));

        answers.Select(answer => answer.Value!.Conversation.ConversationId).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task A_block_between_the_two_or_only_unreachable_guests_make_none()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        var carol = await house.Add("carol");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;

        await house.Block(carol, alice);
        (await house.Invite(alice, chat, "carol")).Refusal!.Field.Should().Be("userNames");
        await house.Block(bob, alice);
        (await house.Invite(alice, chat, "carol")).Refusal.Should().Be(Refusal.Unavailable);
    }
}
