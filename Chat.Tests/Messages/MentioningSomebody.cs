using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Messages;

public sealed class MentioningSomebody : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob, _carl;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob, _carl) = (await _talk.User("ann"), await _talk.User("bob"), await _talk.User("carl"));
        _plans = await _talk.Conference(_ann, _bob);
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task Members_are_named_once_in_the_order_named() =>
        (await Mentions(_plans, "BOB", "ｂｏｂ", "ann", "bob")).Should().Equal("bob", "ann");

    [Fact]
    public async Task Others_are_passed_over() =>
        (await Mentions(_plans, "carl", "nobody", "", "bob", "\uD800", "\uFFFE", "\uFFFF", "\uDBFF\uDFFE", new string('x', 100_000))).Should().Equal("bob");

    [Fact]
    public async Task Whoever_left_is_passed_over()
    {
        await _talk.Leave(_plans, _bob);

        (await Mentions(_plans, "bob")).Should().BeNull();
    }

    [Fact]
    public async Task In_the_lobby_everybody_can_be_named() => (await Mentions(Lobby.Id, "carl")).Should().Equal("carl");

    [Fact]
    public async Task The_mention_is_remembered_for_counting()
    {
        await _talk.Send(_ann, _plans, mentions: "bob");

        (await Counted(_bob)).Should().Be(1);
    }

    [Fact]
    public async Task Whoever_blocked_the_author_is_named_but_not_counted()
    {
        await _talk.Block(_bob, _ann);

        (await Mentions(_plans, "bob")).Should().Equal(["bob"], "the author must not see a difference");
        (await Counted(_bob)).Should().Be(0);
    }

    [Fact]
    public async Task A_deleted_message_mentions_nobody()
    {
        var message = (await _talk.Send(_ann, _plans, mentions: "bob")).Value!.Seq;

        await _talk.Delete(_ann, _plans, message);

        (await Counted(_bob)).Should().Be(0);
        (await _talk.ReadBack(_ann, _plans, message)).Mentions.Should().BeNull();
    }

    [Fact]
    public async Task Fifty_one_are_too_many() =>
        (await _talk.Send(_ann, _plans, mentions: [.. Enumerable.Repeat("bob", 51)])).Refusal.Should().Be(Refusal.TooLarge.Of("mentions"));

    [Fact]
    public async Task A_name_that_is_missing_is_refused() =>
        (await _talk.Send(_ann, _plans, mentions: ["bob", null!])).Refusal.Should().Be(Refusal.Invalid.Of("mentions"));

    private async Task<IEnumerable<string>?> Mentions(ConversationId conversation, params string[] names)
    {
        var sent = await _talk.Send(_ann, conversation, mentions: names);
        return (await _talk.ReadBack(_ann, conversation, sent.Value!.Seq)).Mentions?.Select(person => person.UserName);
    }

    private Task<long> Counted(UserId user) => _talk.Number("SELECT COUNT(*) FROM mention WHERE user_id = @user", ("user", user));
}
