using Chat.Contracts;
using Chat.Server.Messages;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Messages;

public sealed class TypingInAConversation : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob) = (await _talk.User("ann"), await _talk.User("bob"));
        _plans = await _talk.Conference(_ann, _bob);
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task The_others_are_told()
    {
        (await Type(_ann, _plans)).Ok.Should().BeTrue();

        var told = _talk.Audience.Heard.Should().ContainSingle().Subject;
        told.What.Should().BeEquivalentTo(new { Conversation = _plans, Person = new { UserName = "ann" } });
        told.Except.Should().Equal(_ann);
    }

    [Fact]
    public async Task Whom_the_author_blocked_is_not_told()
    {
        await _talk.Block(_ann, _bob);

        await Type(_ann, _plans);

        _talk.Audience.Heard.Should().ContainSingle().Which.Except.Should().Contain(_bob);
    }

    [Fact]
    public async Task A_private_chat_is_not_betrayed_before_its_first_message()
    {
        var chat = await _talk.PrivateChat(_ann, _bob);

        await Type(_ann, chat);

        _talk.Audience.Heard.Should().ContainSingle().Which.Except.Should().Contain(_bob);
    }

    [Fact]
    public async Task Once_in_3_seconds_is_enough()
    {
        for (var i = 0; i < 100; i++) (await Type(_ann, _plans)).Ok.Should().BeTrue("more is dropped without a word");
        await Type(_bob, _plans);
        await Type(_ann, Lobby.Id);
        _talk.Audience.Heard.Should().HaveCount(3, "each user and each conversation is by itself");

        _talk.Store.Clock.Advance(TimeSpan.FromSeconds(2.9));
        await Type(_ann, _plans);
        _talk.Audience.Heard.Should().HaveCount(3);

        _talk.Store.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await Type(_ann, _plans);
        _talk.Audience.Heard.Should().HaveCount(4);
    }

    [Fact]
    public async Task Strangers_are_refused_each_time()
    {
        var mallory = await _talk.User("mallory");

        for (var i = 0; i < 2; i++) (await Type(mallory, _plans)).Refusal.Should().Be(Refusal.NoSuchConversation);
        _talk.Audience.Heard.Should().BeEmpty();
    }

    [Fact]
    public void What_is_remembered_is_forgotten_and_bounded()
    {
        ManualClock clock = new();
        Pace<int> pace = new(TimeSpan.FromSeconds(3), clock);
        for (var i = 0; i < Pace<int>.Most + 10; i++) pace.Take(i).Should().Be(i < Pace<int>.Most);

        clock.Advance(TimeSpan.FromSeconds(3));
        pace.Take(0).Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(3));
        pace.Take(1).Should().BeTrue();

        pace.Remembered.Should().Be(2);
    }

    private Task<Answer<Done>> Type(UserId author, ConversationId conversation) => _talk.TypingNotices.Tell(author, new() { Conversation = conversation });
}
