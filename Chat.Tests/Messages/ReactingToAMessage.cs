using Chat.Contracts;

namespace Chat.Tests.Messages;

public sealed class ReactingToAMessage : IAsyncLifetime
{
    private const string Star = "⭐", Thumb = "👍";
    private TestTalk _talk = null!;
    private UserId _ann, _bob, _carl;
    private ConversationId _plans;
    private long _message;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob, _carl) = (await _talk.User("ann"), await _talk.User("bob"), await _talk.User("carl"));
        _plans = await _talk.Conference(_ann, _bob, _carl);
        _message = await _talk.Sent(_ann, _plans);
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task Emoji_and_people_stand_in_the_order_of_their_first()
    {
        await _talk.React(_bob, _plans, _message, Star);
        await _talk.React(_ann, _plans, _message, Thumb);
        await _talk.React(_ann, _plans, _message, Star);
        await _talk.Unreact(_bob, _plans, _message, Star);
        await _talk.React(_carl, _plans, _message, Star);

        (await Shown(_ann)).Should().Equal("⭐ ann carl", "👍 ann");
    }

    [Fact]
    public async Task A_second_time_it_answers_the_first()
    {
        var first = (await _talk.React(_bob, _plans, _message, Star)).Value!;
        await _talk.React(_bob, _plans, _message, Thumb);

        (await _talk.React(_bob, _plans, _message, Star)).Value.Should().Be(first with { Repeated = true });
    }

    [Fact]
    public async Task Taken_back_twice_it_answers_the_first()
    {
        await _talk.React(_bob, _plans, _message, Star);
        var first = (await _talk.Unreact(_bob, _plans, _message, Star)).Value!;

        (await _talk.Unreact(_bob, _plans, _message, Star)).Value.Should().Be(first with { Repeated = true });
        (await Shown(_ann)).Should().BeEmpty();
    }

    [Fact]
    public async Task Taking_back_what_never_was_writes_nothing()
    {
        (await _talk.Unreact(_bob, _plans, _message, Star)).Value!.Should().BeEquivalentTo(new { Seq = _message, Repeated = true });
        (await _talk.Head(_plans)).Should().Be(_message);
    }

    [Fact]
    public async Task Nobody_takes_back_for_others()
    {
        await _talk.React(_bob, _plans, _message, Star);

        await _talk.Unreact(_ann, _plans, _message, Star);

        (await Shown(_ann)).Should().Equal("⭐ bob");
    }

    [Fact]
    public async Task A_deleted_message_takes_none()
    {
        await _talk.React(_bob, _plans, _message, Star);
        await _talk.Delete(_ann, _plans, _message);

        (await _talk.React(_bob, _plans, _message, Thumb)).Refusal.Should().Be(Refusal.MessageDeleted);
        (await _talk.Unreact(_bob, _plans, _message, Star)).Refusal.Should().Be(Refusal.MessageDeleted);
    }

    [Fact]
    public async Task The_twenty_first_emoji_is_refused_but_not_one_that_is_there()
    {
        var emoji = Enumerable.Range(0x1F600, Limits.EmojiPerMessage + 1).Select(char.ConvertFromUtf32).ToList();
        foreach (var one in emoji.SkipLast(1)) await _talk.React(_bob, _plans, _message, one);

        (await _talk.React(_carl, _plans, _message, emoji[^1])).Refusal.Should().Be(Refusal.LimitReached);
        (await _talk.React(_carl, _plans, _message, emoji[0])).Ok.Should().BeTrue();
        await _talk.Unreact(_bob, _plans, _message, emoji[1]);
        (await _talk.React(_carl, _plans, _message, emoji[^1])).Ok.Should().BeTrue("there is room again");
    }

    [Fact]
    public async Task Nobody_goes_on_and_off_for_ever()
    {
        for (var i = 0; i < Limits.ReactionsPerUser; i++)
        {
            (await _talk.React(_bob, _plans, _message, Star)).Ok.Should().BeTrue();
            (await _talk.Unreact(_bob, _plans, _message, Star)).Ok.Should().BeTrue();
        }

        (await _talk.React(_bob, _plans, _message, Star)).Refusal.Should().Be(Refusal.LimitReached);
        (await _talk.React(_carl, _plans, _message, Star)).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task What_is_no_emoji_is_refused() => (await _talk.React(_bob, _plans, _message, "no")).Refusal!.Field.Should().Be("emoji");

    private async Task<IEnumerable<string>> Shown(UserId reader) =>
        (await _talk.ReadBack(reader, _plans, _message)).Reactions?.Select(one => $"{one.Emoji} {string.Join(' ', one.By.Select(person => person.UserName))}") ?? [];
}
