using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Messages;

public sealed class MovingTheReadMark : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob) = (await _talk.User("ann"), await _talk.User("bob"));
        _plans = await _talk.Conference(_ann, _bob);
        for (var i = 0; i < 9; i++) await _talk.Sent(_ann, _plans);
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task It_rises_and_the_readers_other_devices_hear_of_it()
    {
        (await _talk.MarkRead(_bob, _plans, 5)).Value.Should().Be(new ReadMark(_plans, 5));

        (await _talk.Inbox(_bob)).Should().ContainSingle().Which.Should().BeOfType<ReadMarked>().Which.ReadSeq.Should().Be(5);
    }

    [Fact]
    public async Task It_never_falls_and_says_nothing_where_it_stays()
    {
        await _talk.MarkRead(_bob, _plans, 5);

        (await _talk.MarkRead(_bob, _plans, 3)).Value!.Seq.Should().Be(5);
        (await _talk.MarkRead(_bob, _plans, 5)).Value!.Seq.Should().Be(5);

        (await _talk.Inbox(_bob)).Should().ContainSingle();
        _talk.Audience.Heard.Should().ContainSingle();
    }

    [Fact]
    public async Task It_stops_at_the_head() => (await _talk.MarkRead(_bob, _plans, long.MaxValue)).Value!.Seq.Should().Be(10);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public async Task There_is_no_place_below_1(long seq) => (await _talk.MarkRead(_bob, _plans, seq)).Refusal.Should().Be(Refusal.Invalid.Of("seq"));

    [Fact]
    public async Task Whoever_left_has_nothing_to_mark()
    {
        await _talk.Leave(_plans, _bob);

        (await _talk.MarkRead(_bob, _plans, 5)).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await _talk.MarkRead(_bob, new("nowhere"), 5)).Refusal.Should().Be(Refusal.NoSuchConversation);
    }

    [Fact]
    public async Task The_others_are_told_but_not_whom_the_reader_blocked()
    {
        await _talk.Block(_bob, _ann);

        await _talk.MarkRead(_bob, _plans, 5);

        var told = _talk.Audience.Heard.Should().ContainSingle().Subject;
        told.What.Should().BeEquivalentTo(new { Conversation = _plans, ReadSeq = 5L, Person = new { UserName = "bob" } });
        told.Except.Should().BeEquivalentTo([_bob, _ann]);
    }

    [Fact]
    public async Task In_a_large_conversation_nobody_is_told()
    {
        await _talk.Run("UPDATE conversation SET member_count = 101 WHERE id = @id", ("id", _plans));

        await _talk.MarkRead(_bob, _plans, 5);

        _talk.Audience.Heard.Should().BeEmpty();
    }

    [Fact]
    public async Task In_the_lobby_the_users_are_counted()
    {
        await _talk.Sent(_ann, Lobby.Id);
        await _talk.MarkRead(_bob, Lobby.Id, 1);
        _talk.Audience.Heard.Should().ContainSingle("there are only two");
        for (var i = 0; i < 99; i++) await _talk.User($"user{i}");

        await _talk.Sent(_ann, Lobby.Id);
        await _talk.MarkRead(_bob, Lobby.Id, 2);

        _talk.Audience.Heard.Should().ContainSingle("now there are 101");
    }

    [Fact]
    public async Task The_lobby_needs_no_row_beforehand()
    {
        await _talk.Run("DELETE FROM member WHERE user_id = @bob AND conversation_id = 'lobby'", ("bob", _bob));
        (await _talk.MarkRead(_bob, Lobby.Id, 1)).Value!.Seq.Should().Be(0, "nothing was said yet");
        await _talk.Sent(_ann, Lobby.Id);

        (await _talk.MarkRead(_bob, Lobby.Id, 9)).Value!.Seq.Should().Be(1);
    }

    [Fact]
    public async Task Whatever_comes_in_whatever_order_it_is_the_highest_readable_place()
    {
        Random random = new(1);
        var last = 1L;
        for (var i = 0; i < 300; i++)
        {
            if (random.Next(3) == 0) await _talk.Sent(_ann, _plans);
            var head = await _talk.Head(_plans);
            var asked = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            {
                var seq = random.NextInt64(1, head + 3);
                return (Seq: seq, Mark: (await _talk.MarkRead(_bob, _plans, seq)).Value!.Seq);
            }));

            var highest = Math.Max(last, asked.Max(one => Math.Min(one.Seq, head)));
            asked.Should().AllSatisfy(one => one.Mark.Should().BeInRange(Math.Max(last, Math.Min(one.Seq, head)), highest));
            last = highest;
        }
        (await _talk.Inbox(_bob)).OfType<ReadMarked>().Select(marked => marked.ReadSeq).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }
}
