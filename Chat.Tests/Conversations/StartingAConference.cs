using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

public sealed class StartingAConference
{
    [Fact]
    public async Task Makes_the_creator_owner_and_everybody_a_member_from_the_first_entry()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");

        var answer = await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = ["bob", "carol"], Title = " Plans " });

        var conference = answer.Value!.Conversation;
        (conference.Title, conference.Role, conference.MemberCount, conference.Head).Should().Be(("Plans", Role.Owner, 3, 1));
        (await house.Kinds(conference.ConversationId)).Should().Equal(EntryKind.Started);
        (await house.See(bob, conference.ConversationId)).Should().Match<Conversation>(seen => seen.Role == Role.Member && seen.FirstSeq == 1);
        (await house.InboxOf(bob)).Should().ContainSingle().Which.Should().BeOfType<ConversationAdded>();
        (await house.InboxOf(alice)).Should().ContainSingle("the creator's other devices want to know");
    }

    [Fact]
    public async Task Answers_one_result_a_name_in_the_order_asked()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        foreach (var name in new[] { "bob", "carol", "dave", "erin", "gone" }) await house.Add(name);
        await house.Block(alice, (await house.PrivateChat(alice, "dave")).Members.Single(member => member.Person.UserName == "dave").Person.User);
        await house.Block((await house.PrivateChat(alice, "erin")).Members.Single(member => member.Person.UserName == "erin").Person.User, alice);
        await house.Deactivate((await house.PrivateChat(alice, "gone")).Members.Single(member => member.Person.UserName == "gone").Person.User);
        string[] names = ["Carol", "alice", "dave", "erin", "nobody", "carol", "gone", "bob"];

        var answer = await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = names });

        answer.Value!.Invited.Should().Equal(
            new Invited("Carol", InviteResult.Added), new("alice", InviteResult.Self), new("dave", InviteResult.Unavailable),
            new("erin", InviteResult.Unavailable), new("nobody", InviteResult.Unknown), new("carol", InviteResult.Duplicate),
            new("gone", InviteResult.Unknown), new("bob", InviteResult.Added));
        answer.Value.Conversation.MemberCount.Should().Be(3);
    }

    [Fact]
    public async Task A_retry_answers_the_first()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        StartConference request = new() { OperationId = house.NewOperation(), With = ["bob", "carol", "nobody"] };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Conferences.Start(alice, request)));

        answers.Select(answer => answer.Value!.Conversation.ConversationId).Distinct().Should().ContainSingle();
        answers.Should().OnlyContain(answer => answer.Value!.Invited.SequenceEqual(answers[0].Value!.Invited));
        (await house.IdsOf(alice)).Should().ContainSingle();
    }

    [Fact]
    public async Task The_same_operation_for_something_else_is_refused()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        var bob = await house.Add("bob");
        await house.Add("carol");
        StartConference request = new() { OperationId = house.NewOperation(), With = ["bob", "carol"] };
        var first = await house.Conferences.Start(alice, request);

        (await house.Conferences.Start(alice, request with { Title = "Other" })).Refusal.Should().Be(Refusal.OperationIdReused.Of("operationId"));
        (await house.Invitations.Invite(alice, new() { OperationId = request.OperationId, Conversation = first.Value!.Conversation.ConversationId, UserNames = ["bob"] }))
            .Refusal.Should().Be(Refusal.OperationIdReused.Of("operationId"));
        (await house.Conferences.Start(bob, request with { With = ["alice", "carol"] })).Ok.Should().BeTrue("another user's equal id is another id");
    }

    [Fact]
    public async Task Fewer_than_two_others_is_no_conference_and_changes_nothing()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var before = await house.Everything();

        foreach (string[] with in new string[][] { [], ["bob"], ["bob", "bob"], ["bob", "alice"], ["bob", "nobody"] })
        {
            var answer = await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = with });
            answer.Refusal!.Should().Match<Refusal>(refusal => refusal.Code == Refusal.Invalid.Code && refusal.Field == "with");
        }

        (await house.Everything()).Should().Be(before);
    }

    [Theory]
    [InlineData("", "operationId")]
    [InlineData("0123456789abcdef0123456789abcde", "operationId")]
    [InlineData("0123456789abcdef0123456789abcdeg", "operationId")]
    public async Task An_operation_id_has_the_shape_of_one(string id, string field)
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");

        var answer = await house.Conferences.Start(alice, new() { OperationId = new(id), With = ["bob", "carol"] });

        answer.Refusal!.Should().Match<Refusal>(refusal => refusal.Code == Refusal.Invalid.Code && refusal.Field == field);
    }

    [Fact]
    public async Task Sizes_are_refused_before_anything_is_looked_up()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        StartConference request = new() { OperationId = house.NewOperation(), With = ["bob", "carol"] };
        string[] tooMany = [.. Enumerable.Range(0, 10_000).Select(i => $"user{i}")];

        (await house.Conferences.Start(alice, request with { With = tooMany })).Refusal!.Name.Should().Be("tooLarge");
        (await house.Conferences.Start(alice, request with { Title = new string('x', 1_000_000) })).Refusal!.Name.Should().Be("tooLarge");
        (await house.Conferences.Start(alice, request with { With = ["bob", null!] })).Refusal!.Name.Should().Be("invalid");
    }

    [Fact]
    public async Task It_holds_no_more_members_than_configured()
    {
        await using var house = await House.Build(membersPerConference: 3);
        var alice = await house.Add("alice");
        foreach (var name in new[] { "bob", "carol", "dave" }) await house.Add(name);

        (await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = ["bob", "carol", "dave"] })).Refusal!.Name.Should().Be("limitReached");
        var conference = await house.Conference(alice, "bob", "carol");
        var before = await house.Everything();
        (await house.Invite(alice, conference, "dave")).Refusal!.Name.Should().Be("limitReached");
        (await house.Everything()).Should().Be(before);
    }

    [Fact]
    public async Task An_open_one_begins_with_nobody_else_under_a_name_that_only_one_has()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        var first = await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = [], OpenName = "Ops" });
        var before = await house.Everything();

        var second = await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = ["bob"], OpenName = "ops" });

        first.Value!.Conversation.Name.Should().Be("ops");
        second.Refusal.Should().Be(Refusal.NameTaken.Of("openName"));
        (await house.Everything()).Should().Be(before);
    }

    [Fact]
    public async Task The_name_of_the_Lobby_is_taken()
    {
        await using var house = await House.Build(lobby: false);
        var alice = await house.Add("alice");

        var answer = await house.Conferences.Start(alice, new() { OperationId = house.NewOperation(), With = [], OpenName = "lobby" });

        answer.Refusal.Should().Be(Refusal.NameTaken.Of("openName"));
    }
}
