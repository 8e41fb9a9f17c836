using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>G: the rules of changing what was said, and of naming people in it, asked for in the wrong way.</summary>
public sealed class Amending(House house) : IClassFixture<House>
{
    [Fact]
    public async Task G6_what_was_deleted_or_would_be_empty_is_not_edited()
    {
        var (owner, member, conference) = await house.Conference();
        var said = await owner.Say(conference, "said");

        (await Edit(owner, said, "")).Outcome.Should().Be("textEmpty");
        (await Edit(owner, said, "\u200b")).Outcome.Should().Be("textEmpty");
        await owner.Do(new DeleteMessage { Conversation = conference, Seq = said.Seq, ClientMessageId = Visitor.Draft() });
        (await Edit(owner, said, "unsaid")).Outcome.Should().Be("messageDeleted");
        await End(owner, member);
    }

    [Fact]
    public async Task G6_a_message_is_edited_a_hundred_times_and_no_more()
    {
        var (owner, member, conference) = await house.Conference();
        var said = await owner.Say(conference, "said");

        List<string> outcomes = [];
        for (var i = 0; i < Limits.EditsPerMessage + 5; i++) outcomes.Add((await Edit(owner, said, $"edited {i}")).Outcome);

        outcomes.Should().Equal([.. Enumerable.Repeat("ok", Limits.EditsPerMessage), .. Enumerable.Repeat("limitReached", 5)]);
        (await TextOf(member, said)).Should().Be($"edited {Limits.EditsPerMessage - 1}");
        await End(owner, member);
    }

    [Fact]
    public async Task G6_of_edits_by_two_devices_at_once_the_last_in_order_holds_for_everybody()
    {
        var (phone, member, conference) = await house.Conference();
        await using var laptop = await Visitor.LogIn(house.Server, phone.Name);
        var said = await phone.Say(conference, "said");

        var edits = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (Text: $"edited {i}", (await Edit(i % 2 == 0 ? phone : laptop, said, $"edited {i}")).As<Receipt>().Seq)));

        edits.Select(edit => edit.Seq).Should().OnlyHaveUniqueItems();
        var last = edits.MaxBy(edit => edit.Seq).Text;
        foreach (var reader in new[] { phone, laptop, member }) (await TextOf(reader, said)).Should().Be(last);
        await End(phone, member);
    }

    [Fact]
    public async Task G7_a_message_is_deleted_once_and_nobody_replies_to_it()
    {
        var (owner, member, conference) = await house.Conference();
        var said = await owner.Say(conference, "said");

        var first = await owner.Get<Receipt>(new DeleteMessage { Conversation = conference, Seq = said.Seq, ClientMessageId = Visitor.Draft() });
        var second = await owner.Get<Receipt>(new DeleteMessage { Conversation = conference, Seq = said.Seq, ClientMessageId = Visitor.Draft() });

        second.Should().Be(first with { Repeated = true });
        (await member.Ask(new SendMessage { Conversation = conference, ClientMessageId = Visitor.Draft(), Text = "what?", ReplyTo = said.Seq })).Outcome.Should().Be("noSuchMessage");
        await End(owner, member);
    }

    [Theory]
    [InlineData(50, "ok")]
    [InlineData(51, "tooLarge")]
    [InlineData(1_000, "tooLarge")]
    public async Task G8_a_message_mentions_fifty_at_most(int names, string outcome)
    {
        var (owner, member, conference) = await house.Conference();

        (await owner.Ask(Message(conference, [.. Enumerable.Range(0, names).Select(i => $"name{i}")]))).Outcome.Should().Be(outcome);
        await End(owner, member);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("everybody")]
    [InlineData("@all")]
    [InlineData("*")]
    public async Task G8_nobody_is_called_everybody(string name)
    {
        var (owner, member, conference) = await house.Conference();

        var said = await owner.Get<Receipt>(Message(conference, name));

        (await MessageOf(member, said)).Mentions.Should().BeNullOrEmpty();
        (await member.Get<Conversation>(new GetConversation { Conversation = conference })).Mentions.Should().Be(0);
        await End(owner, member);
    }

    [Fact]
    public async Task G8_who_is_no_member_is_mentioned_in_vain()
    {
        var (owner, member, conference) = await house.Conference();
        await using var outsider = await house.Someone();

        var said = await owner.Get<Receipt>(Message(conference, outsider.Name, member.Name, "nobody.at.home"));

        (await MessageOf(member, said)).Mentions!.Select(person => person.UserName).Should().Equal(member.Name);
        var theirs = await outsider.ChatWith(outsider.Name);
        await outsider.Say(theirs, "the last thing heard");
        await outsider.Connection.Hears("EntriesAppended", "the last thing heard");
        outsider.Connection.Events.Should().NotContain(heard => heard.Argument.Contains(conference.Value, StringComparison.Ordinal));
        await End(owner, member);
    }

    private static Task<RawAnswer> Edit(Visitor who, Receipt said, string text) =>
        who.Ask(new EditMessage { Conversation = said.Conversation, Seq = said.Seq, ClientMessageId = Visitor.Draft(), Text = text });

    private static SendMessage Message(ConversationId conversation, params string[] mentions) =>
        new() { Conversation = conversation, ClientMessageId = Visitor.Draft(), Text = "look here", Mentions = mentions };

    private static async Task<string?> TextOf(Visitor reader, Receipt said) => (await MessageOf(reader, said)).Text;

    private static async Task<Message> MessageOf(Visitor reader, Receipt said) =>
        (Message)(await reader.Get<TranscriptPage>(new ReadTranscript { Conversation = said.Conversation, After = said.Seq - 1, Limit = 1 })).Entries.Single();

    private async Task End(Visitor owner, Visitor member)
    {
        await house.IsWell(owner);
        await owner.DisposeAsync();
        await member.DisposeAsync();
    }
}
