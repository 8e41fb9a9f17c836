using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Messages;

public sealed class SendingAMessage : IAsyncLifetime
{
    private TestTalk _talk = null!;
    private UserId _ann, _bob, _mallory;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        (_ann, _bob, _mallory) = (await _talk.User("ann"), await _talk.User("bob"), await _talk.User("mallory"));
        _plans = await _talk.Conference(_ann, _bob);
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task It_is_stored_at_the_next_place()
    {
        var receipt = (await _talk.Send(_ann, _plans)).Value;

        receipt.Should().Be(new Receipt(_plans, 2, _talk.Store.Clock.GetUtcNow(), Repeated: false));
    }

    [Fact]
    public async Task Fifty_senders_at_once_leave_no_gap()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _talk.User($"user{i}")));
        var crowd = await _talk.Conference(users);

        var answers = await Task.WhenAll(users.SelectMany(user => Enumerable.Range(0, 10).Select(_ => _talk.Send(user, crowd))));

        answers.Select(answer => answer.Value!.Seq).Order().Should().Equal(Enumerable.Range(2, 500).Select(seq => (long)seq));
        (await _talk.Head(crowd)).Should().Be(501);
    }

    [Fact]
    public async Task A_stranger_is_refused_as_if_there_were_nothing()
    {
        (await _talk.Send(_mallory, _plans)).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await _talk.Send(_mallory, new("nowhere"))).Refusal.Should().Be(Refusal.NoSuchConversation);
        (await _talk.Send(_mallory, new(_ann.Value))).Refusal.Should().Be(Refusal.NoSuchConversation, "an inbox is no conversation");
        (await _talk.Head(_plans)).Should().Be(1);
    }

    [Fact]
    public async Task Whoever_left_is_refused()
    {
        await _talk.Leave(_plans, _bob);

        (await _talk.Send(_bob, _plans)).Refusal.Should().Be(Refusal.NoSuchConversation);
    }

    [Fact]
    public async Task Everybody_may_speak_in_the_lobby() => (await _talk.Send(_mallory, Lobby.Id)).Value!.Seq.Should().Be(1);

    [Fact]
    public async Task It_reads_back_with_what_it_answers()
    {
        var question = await _talk.Sent(_ann, _plans);

        var answer = await _talk.Send(_bob, _plans, "yes", replyTo: question);

        (await _talk.ReadBack(_ann, _plans, answer.Value!.Seq)).ReplyTo.Should().Be(question);
    }

    [Fact]
    public async Task It_answers_nothing_but_a_message_that_is_there_and_readable()
    {
        var deleted = await _talk.Sent(_ann, _plans);
        await _talk.Delete(_ann, _plans, deleted);
        var carl = await _talk.User("carl");
        var before = await _talk.Sent(_ann, _plans);
        await _talk.Join(_plans, carl);

        foreach (var (author, seq) in new[] { (_ann, 0L), (_ann, -1), (_ann, 1), (_ann, deleted), (_ann, deleted + 1), (_ann, 1000), (carl, before) })
            (await _talk.Send(author, _plans, replyTo: seq)).Refusal.Should().Be(Refusal.NoSuchMessage.Of("replyTo"), $"{seq} is none");
    }

    [Fact]
    public async Task It_raises_the_senders_read_mark_alone()
    {
        var seq = await _talk.Sent(_ann, _plans);

        (await Mark(_ann, _plans), await Mark(_bob, _plans)).Should().Be((seq, 1));
    }

    [Fact]
    public async Task It_makes_the_read_mark_that_the_lobby_lacked()
    {
        await _talk.Run("DELETE FROM member WHERE user_id = @ann AND conversation_id = 'lobby'", ("ann", _ann));

        var seq = await _talk.Sent(_ann, Lobby.Id);

        (await Mark(_ann, Lobby.Id)).Should().Be(seq);
    }

    private Task<long> Mark(UserId user, ConversationId conversation) =>
        _talk.Number("SELECT read_seq FROM member WHERE conversation_id = @conversation AND user_id = @user", ("conversation", conversation), ("user", user));
}
