using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Messages;

public sealed class ReadingATranscript : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob) = (await _talk.User("ann"), await _talk.User("bob"));
        _plans = await _talk.Conference(_ann, _bob);
        for (var i = 0; i < 99; i++) await _talk.Sent(_ann, _plans, $"{i}");
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Theory]
    [InlineData(null, null, null, 51, 100)]
    [InlineData(null, null, 200, 1, 100)]
    [InlineData(51L, null, 20, 31, 50)]
    [InlineData(5L, null, 20, 1, 4)]
    [InlineData(1L, null, 20, 1, 0)]
    [InlineData(long.MaxValue, null, 1, 100, 100)]
    [InlineData(null, 0L, 20, 1, 20)]
    [InlineData(null, 90L, 20, 91, 100)]
    [InlineData(null, 100L, 20, 101, 100)]
    [InlineData(null, long.MaxValue, 20, 101, 100)]
    public async Task A_page_lies_where_it_was_asked_for(long? before, long? after, int? limit, long from, long to)
    {
        var page = await _talk.Read(_bob, _plans, before, after, limit);

        (page.From, page.To, page.Head).Should().Be((from, to, 100));
        page.Entries.Select(entry => entry.Seq).Should().Equal(Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => (long)seq));
        page.Holes.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1L, 1L, null, "after")]
    [InlineData(0L, null, null, "before")]
    [InlineData(null, -1L, null, "after")]
    [InlineData(null, null, 0, "limit")]
    [InlineData(null, null, 201, "limit")]
    public async Task What_makes_no_sense_is_refused(long? before, long? after, int? limit, string field)
    {
        var answer = await _talk.History.Read(_ann, new() { Conversation = _plans, Before = before, After = after, Limit = limit });

        (answer.Refusal!.Name, answer.Refusal.Field).Should().Be(("invalid", field));
    }

    [Fact]
    public async Task It_names_the_history() => (await _talk.Read(_ann, _plans)).Epoch.Should().Be(_talk.Store.Database.Epoch);

    [Fact]
    public async Task A_stranger_is_refused_as_if_there_were_nothing()
    {
        var mallory = await _talk.User("mallory");

        (await _talk.History.Read(mallory, new() { Conversation = _plans })).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await _talk.History.Read(mallory, new() { Conversation = new("nowhere") })).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await _talk.History.Read(mallory, new() { Conversation = new(_ann.Value) })).Refusal.Should().Be(Refusal.NoSuchConversation);
    }

    [Fact]
    public async Task An_empty_lobby_is_an_empty_page()
    {
        var page = await _talk.Read(_ann, Lobby.Id);

        (page.From, page.To, page.Head, page.Entries.Count).Should().Be((1, 0, 0, 0));
    }

    [Fact]
    public async Task Whoever_left_reads_up_to_the_leave()
    {
        var left = await _talk.Leave(_plans, _bob);
        await _talk.Sent(_ann, _plans, "secret");

        var page = await _talk.Read(_bob, _plans, limit: 1);

        (page.From, page.To, page.Head).Should().Be((left, left, left));
        (await _talk.Read(_bob, _plans, after: left)).Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task A_hole_between_two_stays_takes_no_room_on_a_page()
    {
        var left = await _talk.Leave(_plans, _bob);
        for (var i = 0; i < 10; i++) await _talk.Sent(_ann, _plans, "secret");
        var joined = await _talk.Join(_plans, _bob);

        var page = await _talk.Read(_bob, _plans, limit: 3);

        page.Entries.Select(entry => entry.Seq).Should().Equal(left - 1, left, joined);
        page.Holes.Should().Equal(new Hole(left + 1, joined - 1));
    }

    [Fact]
    public async Task A_newcomer_with_shared_history_reads_from_there_on()
    {
        var carl = await _talk.User("carl");
        await _talk.Join(_plans, carl, firstSeq: 42);

        var page = await _talk.Read(carl, _plans, limit: 200);

        (page.From, page.To).Should().Be((42, 101));
    }

    [Fact]
    public async Task From_the_beginning_a_newcomer_is_told_of_a_hole()
    {
        var carl = await _talk.User("carl");
        await _talk.Join(_plans, carl, firstSeq: 42);

        var page = await _talk.Read(carl, _plans, after: 0, limit: 2);

        (page.From, page.To).Should().Be((1, 43));
        page.Holes.Should().Equal(new Hole(1, 41));
    }
}
