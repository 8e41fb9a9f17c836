using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Delivery;

public sealed class ListeningTests : IAsyncLifetime
{
    // Long enough for what must not happen.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private TestDatabase _store = null!;
    private TestNode _node = null!;
    private UserId _ann, _bob;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _store = await TestDatabase.Open();
        _node = new(_store);
        _ann = await TestUsers.Add(_store, "ann");
        _bob = await TestUsers.Add(_store, "bob");
        _plans = await TestUsers.AddConference(_store, _ann);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Entries_come_in_order_and_without_a_gap()
    {
        var (_, link) = await _node.LogIn(_ann);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => _node.Say(_plans, _ann, $"{number}")));

        await Told(link, _plans, 301);
        link.SeqsOf(_plans).Should().Equal(Enumerable.Range(2, 300).Select(seq => (long)seq));
    }

    [Fact]
    public async Task A_newcomer_hears_from_the_joining_on()
    {
        var (_, link) = await _node.LogIn(_bob);
        await _node.Say(_plans, _ann, "before");

        var joined = await _node.Join(_plans, _bob);
        var later = await _node.Say(_plans, _ann, "after");

        await Told(link, _plans, later.Seq);
        link.SeqsOf(_plans).Should().Equal(joined.Seq, later.Seq);
    }

    [Fact]
    public async Task Who_leaves_hears_that_last()
    {
        await _node.Join(_plans, _bob);
        var (_, annsLink) = await _node.LogIn(_ann);
        var (_, bobsLink) = await _node.LogIn(_bob);

        var left = await _node.Leave(_plans, _bob);
        var secret = await _node.Say(_plans, _ann, "he is gone");

        await Told(annsLink, _plans, secret.Seq);
        await Told(bobsLink, _plans, left.Seq);
        bobsLink.SeqsOf(_plans).Should().Equal(left.Seq);
    }

    [Fact]
    public async Task Who_left_and_came_back_gets_the_time_between_as_a_hole()
    {
        await _node.Join(_plans, _bob);
        var left = await _node.Leave(_plans, _bob);
        await _node.Say(_plans, _ann, "between");
        var back = await _node.Join(_plans, _bob);
        var (connection, link) = await _node.LogIn(_bob);

        await _node.Listening.Resync(connection, _bob, Have(_plans, left.Seq - 1));

        await Told(link, _plans, back.Seq);
        link.EntriesOf(_plans).Select(entry => entry.Seq).Should().Equal(left.Seq, back.Seq);
        link.BatchesOf(_plans).SelectMany(batch => batch.Holes).Should().Equal(new Hole(left.Seq + 1, back.Seq - 1));
    }

    [Fact]
    public async Task An_ex_member_gets_the_rest_up_to_the_leave_and_no_more()
    {
        var joined = await _node.Join(_plans, _bob);
        await _node.Say(_plans, _ann, "still here");
        var left = await _node.Leave(_plans, _bob);
        await _node.Say(_plans, _ann, "gone");
        var (connection, link) = await _node.LogIn(_bob);

        var result = await _node.Listening.Resync(connection, _bob, Have(_plans, joined.Seq));

        result.Conversations.Should().Equal(new Resynced(_plans, joined.Seq + 1, left.Seq));
        await Told(link, _plans, left.Seq);
        link.SeqsOf(_plans).Should().Equal(joined.Seq + 1, left.Seq);
    }

    [Fact]
    public async Task An_amendment_of_what_a_newcomer_may_not_see_is_a_hole()
    {
        var old = await _node.Say(_plans, _ann, "old");
        await _node.Join(_plans, _bob);
        var (_, link) = await _node.LogIn(_bob);

        var edit = await _node.Append(_plans, EntryKind.Edited, _ann, new EntryBody { Text = "secret" }, old.Seq);

        await Told(link, _plans, edit.Seq);
        link.EntriesOf(_plans).Should().BeEmpty();
        link.BatchesOf(_plans).SelectMany(batch => batch.Holes).Should().Equal(new Hole(edit.Seq, edit.Seq));
    }

    [Fact]
    public async Task A_stranger_who_asks_is_told_nothing()
    {
        var (connection, link) = await _node.LogIn(_bob);

        var result = await _node.Listening.Resync(connection, _bob, Have(_plans, 0));

        result.Conversations.Should().BeEmpty();
        var joined = await _node.Join(_plans, _bob);
        await Told(link, _plans, joined.Seq);
        link.SeqsOf(_plans).Should().Equal(joined.Seq);
    }

    [Fact]
    public async Task Far_behind_the_middle_is_reported_as_skipped()
    {
        await Task.WhenAll(Enumerable.Range(0, 700).Select(number => _node.Say(_plans, _ann, $"{number}")));
        var (connection, link) = await _node.LogIn(_ann);

        var result = await _node.Listening.Resync(connection, _ann, Have(_plans, 10));

        result.Conversations.Should().Equal(new Resynced(_plans, 602, 701) { Skipped = new(11, 601) });
        await Told(link, _plans, 701);
        link.SeqsOf(_plans).Should().Equal(Enumerable.Range(602, 100).Select(seq => (long)seq));
    }

    [Fact]
    public async Task Those_who_catch_up_from_different_places_are_told_the_same_frames()
    {
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => _node.Say(_plans, _ann, $"{number}")));
        var (early, earlyLink) = await _node.LogIn(_ann);
        var (late, lateLink) = await _node.LogIn(_ann);

        await _node.Listening.Resync(early, _ann, Have(_plans, 10));
        await Told(earlyLink, _plans, 401);
        await _node.Listening.Resync(late, _ann, Have(_plans, 37));
        await Told(lateLink, _plans, 401);

        lateLink.BatchesOf(_plans).Select(batch => (batch.From, batch.To)).Should().Equal((38, 100), (101, 200), (201, 300), (301, 400), (401, 401));
        lateLink.Frames.Should().Contain(earlyLink.Frames.Skip(1));
    }

    [Fact]
    public async Task A_place_beyond_the_head_is_reset()
    {
        var (connection, _) = await _node.LogIn(_ann);

        var result = await _node.Listening.Resync(connection, _ann, Have(_plans, 5_000));

        result.Conversations.Should().Equal(new Resynced(_plans, 1, 1) { Reset = true });
    }

    [Fact]
    public async Task A_reader_who_stops_delays_nobody_and_catches_up()
    {
        await _node.Join(_plans, _bob);
        var (_, annsLink) = await _node.LogIn(_ann);
        var (_, bobsLink) = await _node.LogIn(_bob);
        bobsLink.StopReading();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => _node.Say(_plans, _ann, $"{number}")));

        await Told(annsLink, _plans, 502);
        bobsLink.SeqsOf(_plans).Should().BeEmpty();
        bobsLink.ReadAgain();
        await Told(bobsLink, _plans, 502);
        bobsLink.SeqsOf(_plans).Should().Equal(Enumerable.Range(3, 500).Select(seq => (long)seq));
    }

    [Fact]
    public async Task A_reader_who_stopped_for_too_long_is_closed()
    {
        var (_, link) = await _node.LogIn(_ann);
        link.StopReading();
        await _node.Say(_plans, _ann, "hello");

        await Eventually.Is(() => Advanced(TimeSpan.FromSeconds(1), () => link.IsClosed), "the reader was closed");
    }

    [Fact]
    public async Task What_is_on_its_way_when_a_client_says_where_it_is_comes_before_the_answer()
    {
        var (connection, link) = await _node.LogIn(_ann);
        TaskCompletionSource<Task<int>> asked = new();
        link.Brings = frame =>
        {
            link.Brings = null;
            var toldBeforeTheAnswer = Task.Run(async () =>
            {
                await _node.Listening.Resync(connection, _ann, Have(_plans, 0));
                return link.Frames.Count;
            });
            Task.WaitAny([toldBeforeTheAnswer], Moment);
            asked.SetResult(toldBeforeTheAnswer);
        };

        await _node.Say(_plans, _ann, "hello");

        (await await asked.Task).Should().BePositive("a client takes what comes behind the answer for what it asked for");
        await Told(link, _plans, 2);
    }

    [Fact]
    public async Task After_a_session_ended_nothing_more_is_written()
    {
        var (connection, link) = await _node.LogIn(_ann);
        var (_, other) = await _node.LogIn(_ann);

        _node.Connections.End([connection.Session!.Value], SessionEndReason.LoggedOut);
        var said = await _node.Say(_plans, _ann, "hello");

        await Told(other, _plans, said.Seq);
        link.Frames.Should().BeEmpty();
        link.LastWord!.Argument.Should().Be(new SessionEnd(SessionEndReason.LoggedOut));
    }

    [Fact]
    public async Task A_deleted_text_is_not_told_from_memory()
    {
        var (connection, link) = await _node.LogIn(_ann);
        var said = await _node.Say(_plans, _ann, "regretted");
        await Told(link, _plans, said.Seq);
        await Delete(said);
        await Told(link, _plans, said.Seq + 1);
        link.Frames.Clear();

        await _node.Listening.Resync(connection, _ann, Have(_plans, said.Seq - 1));

        await Told(link, _plans, said.Seq + 1);
        link.EntriesOf(_plans).OfType<Message>().Should().ContainSingle().Which.Text.Should().BeNull();
    }

    [Fact]
    public async Task A_text_that_waits_to_be_told_is_not_told_once_its_deletion_was_answered()
    {
        TestNode other = new(_store);
        var (_, link) = await _node.LogIn(_ann);
        TaskCompletionSource telling = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim goOn = new();
        link.Brings = _ =>
        {
            link.Brings = null;
            telling.SetResult();
            goOn.Wait();
        };
        await _node.Say(_plans, _ann, "keeps the feed busy");
        await telling.Task;

        var said = await _node.Say(_plans, _ann, "regretted");
        await other.Say(_plans, _ann, "what this node has not heard of yet");
        await Delete(said);
        goOn.Set();

        await Told(link, _plans, said.Seq + 2);
        link.EntriesOf(_plans).OfType<Message>().Single(message => message.Seq == said.Seq).Text.Should().BeNull();
    }

    [Fact]
    public async Task What_is_said_in_passing_does_not_keep_messages_from_a_slow_connection()
    {
        var (connection, link) = await _node.LogIn(_ann);
        var (_, heardLater) = await _node.LogIn(_ann);
        link.StopReading();
        foreach (var name in Enumerable.Range(0, 20).Select(number => $"user-{number}"))
            connection.Courier.Offer(new(nameof(IChatClient.TypingChanged), new TypingNotice(_plans, new(new(name), name, name))));

        await _node.Say(_plans, _ann, "hello");
        await Told(heardLater, _plans, 2);
        link.ReadAgain();

        await Told(link, _plans, 2);
        link.Frames.Select(frame => frame.Argument).TakeWhile(argument => argument is TypingNotice).Should().ContainSingle("the rest waits for its turn");
    }

    [Fact]
    public async Task Without_any_hint_another_node_finds_out_by_its_sweep()
    {
        TestNode other = new(_store);
        var (_, link) = await other.LogIn(_ann);

        var said = await _node.Say(_plans, _ann, "hello");
        await other.Feeds.Sweep();

        await Told(link, _plans, said.Seq);
    }

    [Fact]
    public async Task A_leave_on_another_node_is_cut_at_its_place_too()
    {
        await _node.Join(_plans, _bob);
        TestNode other = new(_store);
        var (_, link) = await other.LogIn(_bob);

        var left = await _node.Leave(_plans, _bob);
        await _node.Say(_plans, _ann, "gone");
        await other.Feeds.Sweep();

        await Told(link, _plans, left.Seq);
        link.SeqsOf(_plans).Should().Equal(left.Seq);
    }

    [Fact]
    public async Task A_session_that_ends_on_another_node_when_its_log_in_has_just_asked_is_ended_here_too()
    {
        TestNode other = new(_store);

        var (connection, _) = await _node.LogIn(_ann, async _ =>
        {
            await EndElsewhere(other, _ann, new($"s-{_ann}-1"));
            return true;
        });
        await _node.Feeds.Sweep();

        await Eventually.Is(() => connection is { HasEnded: true, IsClosed: true }, "the connection was ended");
    }

    [Fact]
    public async Task All_sessions_of_a_user_but_one_are_ended()
    {
        var (kept, _) = await _node.LogIn(_ann);
        var (ended, _) = await _node.LogIn(_ann);
        var (others, _) = await _node.LogIn(_bob);

        _node.Connections.End(_ann, except: kept.Session, SessionEndReason.PasswordChanged);

        new[] { kept, ended, others }.Select(connection => connection.HasEnded).Should().Equal(false, true, false);
    }

    [Fact]
    public async Task A_session_that_has_ended_before_its_connection_listens_is_ended()
    {
        var (connection, link) = await _node.LogIn(_ann, _ => Task.FromResult(false));

        var (_, other) = await _node.LogIn(_ann);

        var said = await _node.Say(_plans, _ann, "hello");

        await Told(other, _plans, said.Seq);
        connection.HasEnded.Should().BeTrue();
        link.Frames.Should().BeEmpty();
    }

    private Task<bool> Delete(StoredEntry message) => _store.Database.Write(async sql =>
    {
        await _node.Transcript.Append(sql, _plans, EntryKind.Deleted, _ann, EntryBody.Empty, new(ClientMessageId.New(TimeProvider.System), "x"), message.Seq);
        await Transcript.Erase(sql, _plans, message.Seq);
        return true;
    });

    private Task<StoredEntry> EndElsewhere(TestNode other, UserId user, SessionId session) =>
        _store.Database.Write(sql => other.Transcript.AppendToInbox(sql, user, new SessionsEnded([session], SessionEndReason.LoggedOut)));

    private Resync Have(ConversationId conversation, long seq) =>
        new() { Epoch = _store.Database.Epoch, Have = new Dictionary<ConversationId, long> { [conversation] = seq } };

    private static Task Told(RecordingLink link, ConversationId conversation, long seq) =>
        Eventually.Is(() => link.SeqsOf(conversation).Contains(seq), $"seq {seq} was told");

    private bool Advanced(TimeSpan by, Func<bool> condition)
    {
        _store.Clock.Advance(by);
        return condition();
    }
}
