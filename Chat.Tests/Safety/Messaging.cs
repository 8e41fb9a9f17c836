using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>G: the rules of sending and reading, asked for in the wrong way.</summary>
public sealed class Messaging(House house) : IClassFixture<House>
{
    [Fact]
    public async Task G1_one_draft_sent_a_thousand_times_over_ten_connections_is_one_message()
    {
        var (owner, member, conference) = await house.Conference();
        List<Visitor> devices = [];
        for (var i = 0; i < 10; i++) devices.Add(await Visitor.LogIn(house.Server, owner.Name));
        var draft = new SendMessage { Conversation = conference, ClientMessageId = Visitor.Draft(), Text = "once" };

        var receipts = (await Task.WhenAll(devices.SelectMany(device => Enumerable.Range(0, 100).Select(_ => device.Get<Receipt>(draft))))).ToList();

        receipts.Select(receipt => receipt.Seq).Distinct().Should().ContainSingle();
        receipts.Count(receipt => !receipt.Repeated).Should().Be(1);
        (await owner.Get<TranscriptPage>(new ReadTranscript { Conversation = conference })).Entries.OfType<Message>().Should().ContainSingle();
        await house.IsWell(owner);
        await Leave([owner, member, .. devices]);
    }

    [Fact]
    public async Task G2_a_draft_of_another_content_is_refused_and_another_users_equal_id_is_not()
    {
        var (owner, member, conference) = await house.Conference();
        var draft = new SendMessage { Conversation = conference, ClientMessageId = Visitor.Draft(), Text = "this" };
        await owner.Do(draft);

        (await owner.Ask(draft with { Text = "that" })).Outcome.Should().Be("clientMessageIdReused");
        (await owner.Ask(draft with { Conversation = Deeds.Lobby })).Outcome.Should().Be("clientMessageIdReused");
        (await owner.Ask(new EditMessage { Conversation = conference, Seq = 2, ClientMessageId = draft.ClientMessageId, Text = "this" })).Outcome.Should().Be("clientMessageIdReused");
        (await member.Ask(draft)).As<Receipt>().Repeated.Should().BeFalse();
        await house.IsWell(owner);
        await Leave(owner, member);
    }

    [Fact]
    public async Task G3_an_id_is_the_same_in_capitals()
    {
        var (owner, member, conference) = await house.Conference();
        var draft = new SendMessage { Conversation = conference, ClientMessageId = new("0190A0B0C0D0E0F00190a0b0c0d0e0f0"), Text = "this" };
        var again = draft with { ClientMessageId = new(draft.ClientMessageId.Value.ToLowerInvariant()) };
        await owner.Do(draft);

        // Either one id or two, but never a fault.
        (await owner.Ask(again)).Outcome.Should().BeOneOf("ok", "clientMessageIdReused");
        await house.IsWell(owner);
        await Leave(owner, member);
    }

    [Theory]
    [InlineData(1_000_000, true)]
    [InlineData(-1, true)]
    [InlineData(long.MinValue, true)]
    [InlineData(long.MaxValue, true)]
    [InlineData(1, false)]
    public async Task G4_a_place_that_cannot_be_is_reset(long have, bool reset)
    {
        var (owner, member, conference) = await house.Conference();

        var resynced = await owner.Get<ResyncResult>(Resync(owner, new() { [conference] = have }) with { InboxSeq = have });

        resynced.Conversations.Single().Reset.Should().Be(reset ? true : null);
        resynced.Inbox!.Reset.Should().Be(reset ? true : null);
        (await member.Say(conference, "heard after all")).Seq.Should().Be(2);
        await owner.Connection.Hears("EntriesAppended", "heard after all");
        await house.IsWell(owner);
        await Leave(owner, member);
    }

    [Fact]
    public async Task G4_conversations_of_others_and_none_are_left_out_without_a_word()
    {
        await using var visitor = await house.Someone();

        var resynced = await visitor.Get<ResyncResult>(Resync(visitor, new() { [house.Theirs] = 0, [new("nowhere")] = 0, [new(visitor.User.Value)] = 0 }));

        resynced.Conversations.Should().BeEmpty();
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task G4_more_than_five_hundred_at_once_are_too_many()
    {
        await using var visitor = await house.Someone();

        Dictionary<ConversationId, long> many = Enumerable.Range(0, Limits.ResyncedPerCall + 1).ToDictionary(i => new ConversationId($"c{i}"), _ => 0L);

        (await visitor.Ask(Resync(visitor, many))).Outcome.Should().Be("tooLarge");
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task G5_a_read_mark_stays_between_what_was_read_and_what_there_is()
    {
        var (owner, member, conference) = await house.Conference();
        var last = (await member.Say(conference, "read me")).Seq;

        (await Mark(owner, conference, long.MaxValue)).As<ReadMark>().Seq.Should().Be(last);
        (await Mark(owner, conference, 1)).As<ReadMark>().Seq.Should().Be(last);
        (await Mark(owner, conference, 0)).Outcome.Should().Be("invalid");
        (await Mark(owner, conference, long.MinValue)).Outcome.Should().Be("invalid");
        await member.Do(new LeaveConference { Conversation = conference });
        (await Mark(member, conference, 2)).Outcome.Should().Be("noSuchConversation");
        await house.IsWell(owner);
        await Leave(owner, member);
    }

    [Fact]
    public async Task G10_typing_without_end_is_told_once()
    {
        var (owner, member, conference) = await house.Conference();

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => owner.Ask(new Typing { Conversation = conference })));
        await owner.Say(conference, "done typing");

        answers.Should().OnlyContain(answer => answer.Outcome == "ok");
        await member.Connection.Hears("EntriesAppended", "done typing");
        member.Connection.Events.Count(heard => heard.Name == "TypingChanged").Should().BeInRange(1, 2); // 2 where the machine needs 3 s for them
        await house.IsWell(owner);
        await Leave(owner, member);
    }

    private static Task<RawAnswer> Mark(Visitor visitor, ConversationId conversation, long seq) => visitor.Ask(new MarkRead { Conversation = conversation, Seq = seq });

    private static Resync Resync(Visitor visitor, Dictionary<ConversationId, long> have) => new() { Epoch = visitor.Session.Epoch, Have = have };

    private static async Task Leave(params Visitor[] visitors)
    {
        foreach (var visitor in visitors) await visitor.DisposeAsync();
    }
}
