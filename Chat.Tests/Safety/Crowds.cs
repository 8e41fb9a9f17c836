using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Safety;

/// <summary>G: conferences too many, too large or at their end, and clocks that are wrong.</summary>
public sealed class Crowds(House house) : IClassFixture<House>
{
    [Fact]
    public async Task G11_who_starts_conferences_without_end_has_to_wait()
    {
        await using House strict = new Strict();
        await strict.InitializeAsync();
        await using var founder = await strict.Someone();

        List<RawAnswer> answers = [];
        for (var i = 0; i < 60; i++) answers.Add(await founder.Ask(Open(strict.NewName())));

        answers.Take(30).Should().OnlyContain(answer => answer.Outcome == "ok");
        answers.Where(answer => answer.Outcome != "ok").Should().HaveCountGreaterThan(10)
            .And.OnlyContain(answer => answer.Outcome == "rateLimited" && answer.Refusal.GetProperty("retryAfterMs").GetInt64() > 0);
        await strict.IsWell(founder);
    }

    [Theory]
    [InlineData(100, "ok")]
    [InlineData(101, "tooLarge")]
    [InlineData(100_000, "tooLarge")]
    public async Task G11_a_title_is_short(int length, string outcome)
    {
        await using var founder = await house.Someone();

        (await founder.Ask(Open(house.NewName()) with { Title = new('x', length) })).Outcome.Should().Be(outcome);
        await house.IsWell(founder);
    }

    [Fact]
    public async Task G11_five_hundred_are_invited_at_once_and_as_many_come_as_there_is_room_for()
    {
        await using House small = new Small();
        await small.InitializeAsync();
        var (owner, member, conference) = await small.Conference();
        await using var fourth = await small.Someone();

        (await owner.Ask(Invite(conference, [.. Enumerable.Range(0, 501).Select(i => $"name{i}")]))).Outcome.Should().Be("tooLarge");
        (await owner.Ask(Invite(conference, fourth.Name, "alice.healthy"))).Outcome.Should().Be("limitReached");
        (await owner.Ask(Invite(conference, fourth.Name))).Outcome.Should().Be("ok");
        (await owner.Ask(Invite(conference, "alice.healthy"))).Outcome.Should().Be("limitReached");
        await small.IsWell(owner);
        await owner.DisposeAsync();
        await member.DisposeAsync();
    }

    [Fact]
    public async Task G12_what_is_sent_while_the_last_one_leaves_is_before_the_end_or_refused()
    {
        await using var phone = await house.Someone();
        await using var laptop = await Visitor.LogIn(house.Server, phone.Name);
        var conference = await Started(phone);

        var sending = Enumerable.Range(0, 40).Select(i => laptop.Ask(Message(conference, $"{i}"))).ToList();
        await phone.Do(new LeaveConference { Conversation = conference });
        var answers = await Task.WhenAll(sending);

        answers.Select(answer => answer.Outcome).Distinct().Should().BeSubsetOf(["ok", "noSuchConversation"]);
        var page = await phone.Get<TranscriptPage>(new ReadTranscript { Conversation = conference, Limit = 100 });
        page.Entries.Select(entry => entry.Seq).Should().Equal(Enumerable.Range(1, page.Entries.Count).Select(seq => (long)seq));
        page.Entries[^1].Should().BeOfType<Left>("nothing is said behind the end");
        page.Entries.OfType<Message>().Should().HaveCount(answers.Count(answer => answer.Outcome == "ok"));
        (await phone.Ask(Message(conference, "too late"))).Outcome.Should().Be("noSuchConversation");
        await house.IsWell(phone);
    }

    [Fact]
    public async Task G12_coming_and_going_leaves_one_membership()
    {
        await using var founder = await house.Someone();
        await using var visitor = await house.Someone();
        var open = await Started(founder);

        for (var i = 0; i < 50; i++)
        {
            await visitor.Do(new JoinConference { Conversation = open });
            await visitor.Do(new LeaveConference { Conversation = open });
        }

        var database = house.Server.Services.GetRequiredService<Database>();
        (await database.Read(sql => sql.One("SELECT COUNT(*) FROM membership WHERE conversation_id = @open AND user_id = @user", row => row.GetInt64(0),
            ("open", open), ("user", visitor.User)))).Should().Be(1);
        var page = await founder.Get<TranscriptPage>(new ReadTranscript { Conversation = open, Limit = 200 });
        page.Entries.Select(entry => entry.Seq).Should().Equal(Enumerable.Range(1, 101).Select(seq => (long)seq));
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task G13_times_and_places_that_a_client_tells_are_passed_over()
    {
        await using var visitor = await house.Someone();
        var notebook = await visitor.ChatWith(visitor.Name);
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        var receipt = new RawAnswer(await visitor.Connection.CallRaw("SendMessage",
            $$"""{"conversation":"{{notebook}}","clientMessageId":"{{Visitor.Draft()}}","text":"from 1970","sentAt":0,"ts":0,"seq":77,"author":"alice.healthy"}""")).As<Receipt>();

        receipt.SentAt.Should().BeOnOrAfter(before).And.BeOnOrBefore(DateTimeOffset.UtcNow.AddSeconds(1));
        receipt.Seq.Should().Be(2);
        (await visitor.Get<TranscriptPage>(new ReadTranscript { Conversation = notebook })).Entries[^1].Author.User.Should().Be(visitor.User);
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task G14_times_do_not_go_back_with_the_clock_of_the_server()
    {
        ManualClock clock = new();
        await using var server = await SafetyServer.Start(new LogBook(), clock, SafetyServer.Unlimited);
        await using var visitor = await Visitor.Register(server, "visitor");
        var notebook = await visitor.ChatWith("visitor");
        List<Receipt> receipts = [];

        foreach (var hours in new[] { 0, -1, -1, 3 })
        {
            clock.Jump(TimeSpan.FromHours(hours));
            for (var i = 0; i < 3; i++) receipts.Add(await visitor.Say(notebook, "tick"));
        }

        receipts.Select(receipt => receipt.Seq).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        receipts.Select(receipt => receipt.SentAt).Should().BeInAscendingOrder();
        receipts[^1].SentAt.Should().Be(receipts[0].SentAt.AddHours(1));
    }

    private async Task<ConversationId> Started(Visitor founder) => (await founder.Get<ConferenceStarted>(Open(house.NewName()))).Conversation.ConversationId;

    /// <summary>A conference that one can be alone in.</summary>
    private static StartConference Open(string name) => new() { OperationId = Visitor.Deed(), With = [], OpenName = name };

    private static SendMessage Message(ConversationId conversation, string text) => new() { Conversation = conversation, ClientMessageId = Visitor.Draft(), Text = text };

    private static Invite Invite(ConversationId conference, params string[] names) => new() { OperationId = Visitor.Deed(), Conversation = conference, UserNames = names };

    private sealed class Small : House
    {
        internal override string[] Settings => [.. SafetyServer.Unlimited, "--Conversations:MembersPerConference=4"];
    }
}
