using Chat.Contracts;

namespace Chat.Tests.Messages;

public sealed class EditingAMessage : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob;
    private ConversationId _plans;
    private long _message;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob) = (await _talk.User("ann"), await _talk.User("bob"));
        _plans = await _talk.Conference(_ann, _bob);
        _message = (await _talk.Send(_bob, _plans, "frist", mentions: "ann")).Value!.Seq;
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task It_is_an_entry_of_its_own()
    {
        var edited = (await _talk.Edit(_bob, _plans, _message, "first")).Value!;

        edited.Seq.Should().Be(_message + 1);
        (await _talk.Read(_ann, _plans)).Entries[^1].Should().BeOfType<Edited>().Which.Should().BeEquivalentTo(new { Target = _message, Text = "first" });
    }

    [Fact]
    public async Task Read_back_the_message_has_its_last_text_and_when()
    {
        await _talk.Edit(_bob, _plans, _message, "1st");
        _talk.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        var edited = (await _talk.Edit(_bob, _plans, _message, "first")).Value!;

        var message = await _talk.ReadBack(_ann, _plans, _message);

        (message.Text, message.EditedAt).Should().Be(("first", edited.SentAt));
        message.Mentions.Should().ContainSingle("an edit mentions nobody anew");
    }

    [Fact]
    public async Task Nobody_edits_the_words_of_others() =>
        (await _talk.Edit(_ann, _plans, _message, "mine")).Refusal.Should().Be(Refusal.Forbidden, "not even an owner");

    [Fact]
    public async Task A_deleted_one_stays_deleted()
    {
        await _talk.Delete(_bob, _plans, _message);

        (await _talk.Edit(_bob, _plans, _message, "again")).Refusal.Should().Be(Refusal.MessageDeleted);
    }

    [Fact]
    public async Task What_is_no_readable_message_cannot_be_edited()
    {
        await _talk.Edit(_bob, _plans, _message, "first");

        foreach (var seq in new long[] { -1, 0, 1, _message + 1, 1000 })
            (await _talk.Edit(_bob, _plans, seq, "x")).Refusal.Should().Be(Refusal.NoSuchMessage);
    }

    [Fact]
    public async Task The_text_follows_the_rules_of_sending() => (await _talk.Edit(_bob, _plans, _message, "\u200B")).Refusal.Should().Be(Refusal.TextEmpty);

    [Fact]
    public async Task The_hundred_and_first_is_refused()
    {
        for (var i = 0; i < Limits.EditsPerMessage; i++) (await _talk.Edit(_bob, _plans, _message, $"v{i}")).Ok.Should().BeTrue();

        (await _talk.Edit(_bob, _plans, _message, "one more")).Refusal.Should().Be(Refusal.LimitReached);
    }

    [Fact]
    public async Task A_newcomer_sees_nothing_of_an_edit_of_what_came_before()
    {
        var carl = await _talk.User("carl");
        var joined = await _talk.Join(_plans, carl);
        await _talk.Edit(_bob, _plans, _message, "secret");

        var page = await _talk.Read(carl, _plans);

        page.Entries.Should().ContainSingle().Which.Seq.Should().Be(joined);
        page.Holes.Should().Equal(new Hole(joined + 1, joined + 1));
    }

    [Fact]
    public async Task Whoever_left_sees_no_later_edit()
    {
        await _talk.Edit(_bob, _plans, _message, "first");
        await _talk.Leave(_plans, _ann);
        await _talk.Edit(_bob, _plans, _message, "secret");

        (await _talk.ReadBack(_ann, _plans, _message)).Text.Should().Be("first");
    }

    [Fact]
    public async Task Whoever_left_cannot_edit()
    {
        await _talk.Leave(_plans, _bob);

        (await _talk.Edit(_bob, _plans, _message, "x")).Refusal.Should().Be(Refusal.NoSuchConversation);
    }

    [Fact]
    public async Task Whoever_came_back_sees_no_edit_made_meanwhile()
    {
        await _talk.Leave(_plans, _ann);
        await _talk.Edit(_bob, _plans, _message, "secret");
        await _talk.Join(_plans, _ann);

        (await _talk.ReadBack(_ann, _plans, _message)).Text.Should().Be("frist");
    }
}
