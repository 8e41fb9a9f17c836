using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

public sealed class CursorsTests
{
    private readonly Cursors _cursors = new(() => 0.5);
    private readonly List<Effect> _effects = [];

    [Fact]
    public void A_conversation_first_heard_of_begins_with_its_first_batch()
    {
        Came(Given.Batch(8, 9));

        _effects.The<Effect.Begin>().Should().Be(new Effect.Begin(Given.Plans, 8));
        _effects.Seqs().Should().Equal(8, 9);
    }

    [Theory]
    [InlineData(8, 9, "")]
    [InlineData(1, 10, "")]
    [InlineData(11, 12, "11,12")]
    [InlineData(9, 12, "11,12")]
    [InlineData(12, 13, "")]
    public void Of_a_batch_the_new_part_is_applied_if_it_leaves_no_gap(long from, long to, string applied)
    {
        Hold(10);

        Came(Given.Batch(from, to));

        string.Join(',', _effects.Seqs()).Should().Be(applied);
        _effects.Should().HaveCount(applied == "" ? 0 : 1);
    }

    [Theory]
    [InlineData(9, 12, false)]
    [InlineData(12, 13, true)]
    public void Only_a_gap_is_resynced(long from, long to, bool resynced)
    {
        Hold(10);

        Came(Given.Batch(from, to));

        Ask().Should().HaveCount(resynced ? 1 : 0);
    }

    [Fact]
    public void The_new_part_of_a_hole_is_still_a_hole()
    {
        Hold(10);

        Came(new EntryBatch(Given.Plans, Given.Epoch, 8, 14, [Given.Message(14)], [new(8, 13)]));

        var applied = _effects.The<Effect.Apply>().Batch;
        (applied.From, applied.To).Should().Be((11, 14));
        applied.Holes.Should().Equal(new Hole(11, 13));
    }

    [Fact]
    public void A_resync_names_the_place_held_and_its_epoch()
    {
        Hold(10);
        _cursors.Lost();

        var request = Ask().Single().Request;

        request.Should().BeEquivalentTo(new Resync { Epoch = Given.Epoch, Have = new Dictionary<ConversationId, long> { [Given.Plans] = 10 } });
    }

    [Fact]
    public void Nothing_is_applied_before_a_lost_connection_is_made_good()
    {
        Hold(10);
        _cursors.Lost();

        Came(Given.Batch(11, 12));

        _effects.Should().BeEmpty();
    }

    [Fact]
    public void What_comes_before_the_answer_is_applied_with_it_in_order()
    {
        Hold(10);
        _cursors.Lost();
        var number = Ask().Single().Number;
        Came(Given.Batch(15, 15)); // live, told before the server moved its cursor
        Came(Given.Batch(11, 14));
        _effects.Should().BeEmpty();

        Answer(number, new Resynced(Given.Plans, 11, 15));

        _effects.Seqs().Should().Equal(11, 12, 13, 14, 15);
    }

    [Fact]
    public void What_was_told_before_the_server_moved_its_cursor_asks_for_no_second_resync()
    {
        Hold(10);
        _cursors.Lost();
        var number = Ask().Single().Number;
        Came(Given.Batch(15, 15));

        Answer(number, new Resynced(Given.Plans, 11, 15));

        _effects.Seqs().Should().BeEmpty();
        _cursors.AreFollowing.Should().BeTrue();
    }

    [Fact]
    public void A_skipped_part_is_told_once_and_passed_over()
    {
        Hold(10);
        _cursors.Lost();

        Answer(Ask().Single().Number, new Resynced(Given.Plans, 901, 1000) { Skipped = new(11, 900) });
        Came(Given.Batch(901, 902));

        _effects.The<Effect.Skip>().Should().Be(new Effect.Skip(Given.Plans, new(11, 900)));
        _effects.Seqs().Should().Equal(901, 902);
    }

    [Fact]
    public void A_gap_that_the_server_does_not_name_is_told_all_the_same()
    {
        Hold(10);
        _cursors.Lost();

        Answer(Ask().Single().Number, new Resynced(Given.Plans, 20, 30));

        _effects.The<Effect.Skip>().Skipped.Should().Be(new Hole(11, 19));
    }

    [Fact]
    public void A_reset_drops_what_is_held_and_begins_anew()
    {
        Hold(10);
        _cursors.Lost();

        Answer(Ask().Single().Number, new Resynced(Given.Plans, 4, 5) { Reset = true });
        Came(Given.Batch(4, 5));

        _effects.The<Effect.Begin>().From.Should().Be(4);
        _effects.Seqs().Should().Equal(4, 5);
    }

    [Fact]
    public void A_batch_of_another_epoch_is_not_applied_until_a_resync_has_begun_anew()
    {
        Hold(10);
        Came(Given.Batch(11, 11, Given.OtherEpoch));
        _effects.Should().BeEmpty();
        var asked = Ask().Single();

        _cursors.Answered(asked.Number, new(Given.OtherEpoch, [new(Given.Plans, 9, 11) { Reset = true }], null), _effects);
        Came(Given.Batch(9, 11, Given.OtherEpoch));

        asked.Request.Epoch.Should().Be(Given.Epoch);
        _effects.Seqs().Should().Equal(9, 10, 11);
        _cursors.Places.Should().Equal(new Place(Given.Plans, Given.OtherEpoch, 11));
    }

    [Fact]
    public void What_the_answer_leaves_out_is_forgotten()
    {
        Hold(10);
        _cursors.Lost();

        Answer(Ask().Single().Number);

        _effects.Should().Equal(new Effect.Forget(Given.Plans));
        _cursors.Places.Should().BeEmpty();
    }

    [Fact]
    public void Several_resyncs_are_under_way_and_may_be_answered_in_any_order()
    {
        _cursors.Restore(Enumerable.Range(0, 1_200).Select(number => new Place(new($"c{number}"), Given.Epoch, 1)));

        var asked = Ask();

        asked.Select(one => one.Request.Have.Count).Should().Equal(500, 500, 200);
        foreach (var one in Enumerable.Reverse(asked)) Answer(one.Number, [.. one.Request.Have.Keys.Select(conversation => new Resynced(conversation, 2, 1))]);
        _cursors.AreFollowing.Should().BeTrue();
        _effects.Should().BeEmpty();
    }

    [Fact]
    public void A_batch_for_one_that_is_not_asked_for_is_applied_meanwhile()
    {
        Hold(10);
        Came(Given.Batch(1, 1, conversation: Given.Lunch));
        Came(Given.Batch(12, 12));
        Ask();
        _effects.Clear();

        Came(Given.Batch(2, 2, conversation: Given.Lunch));

        _effects.Seqs().Should().Equal(2);
    }

    [Fact]
    public void A_refused_resync_is_asked_for_again_after_a_while()
    {
        Hold(10);
        _cursors.Lost();

        _cursors.Refused(Ask().Single().Number, Refusal.ServerBusy, TimeSpan.Zero);

        Ask().Should().BeEmpty();
        _cursors.DueAt.Should().Be(TimeSpan.FromSeconds(0.5));
        Ask(TimeSpan.FromSeconds(0.5)).Should().ContainSingle();
    }

    [Fact]
    public void More_than_can_be_held_until_the_answer_is_asked_for_again()
    {
        Hold(0);
        _cursors.Lost();
        var number = Ask().Single().Number;
        for (var seq = 1; seq <= Cursor.HeldLength + 10; seq++) Came(Given.Batch(seq, seq));

        Answer(number, new Resynced(Given.Plans, 1, 1));

        _cursors.Places.Single().Have.Should().Be(Cursor.HeldLength);
        Ask().Single().Request.Have[Given.Plans].Should().Be(Cursor.HeldLength);
    }

    [Fact]
    public void An_announced_conversation_is_heard_from_the_joining_on()
    {
        Came(Given.Inbox(3, Given.Added(3, joined: 7)));

        _effects.OfType<Effect.Begin>().Should().Contain(new Effect.Begin(Given.Plans, 7));
        Ask().Should().BeEmpty("it was live when it was announced");
    }

    [Fact]
    public void One_that_was_announced_while_away_is_asked_for_from_the_joining_on()
    {
        Came(Given.Inbox(1, new ReadMarked(Given.Lunch, 1) { Seq = 1 }));
        _cursors.Lost();
        _cursors.Answered(Ask().Single().Number, new(Given.Epoch, [], new(2, 3)), _effects);

        Came(Given.Inbox(2, Given.Added(2, joined: 7)));

        Ask().Single().Request.Have.Should().Equal(new Dictionary<ConversationId, long> { [Given.Plans] = 6 });
    }

    [Fact]
    public void One_that_was_told_of_before_its_announcement_came_reports_what_lies_between()
    {
        Came(Given.Inbox(1, new ReadMarked(Given.Lunch, 1) { Seq = 1 }));
        _cursors.Lost();
        _cursors.Answered(Ask().Single().Number, new(Given.Epoch, [], new(2, 3)), _effects);
        Came(Given.Batch(21, 21));

        Came(Given.Inbox(2, Given.Added(2, joined: 7), Given.Added(3, joined: 7)));

        _effects.The<Effect.Skip>().Should().Be(new Effect.Skip(Given.Plans, new(7, 20)));
    }

    [Fact]
    public void What_the_list_shows_is_held_and_made_good_after_a_reconnect()
    {
        _cursors.Listed(new([Row(Given.Plans, 10)], null, 5), Given.Epoch, _effects);
        _cursors.Lost();

        var request = Ask().Single().Request;

        request.InboxSeq.Should().Be(5);
        request.Have.Should().Equal(new Dictionary<ConversationId, long> { [Given.Plans] = 10 });
    }

    [Fact]
    public void The_list_moves_no_place_that_is_held()
    {
        Hold(10);

        _cursors.Listed(new([Row(Given.Plans, 15)], null, 5), Given.Epoch, _effects);

        _cursors.Places.Should().Contain(new Place(Given.Plans, Given.Epoch, 10));
    }

    [Fact]
    public void The_inbox_skips_and_resets_as_a_conversation_does()
    {
        Came(Given.Inbox(1, new ReadMarked(Given.Lunch, 1) { Seq = 1 }));
        _cursors.Lost();
        _effects.Clear();

        _cursors.Answered(Ask().Single().Number, new(Given.Epoch, [], new(901, 1_000) { Skipped = new(2, 900) }), _effects);

        _effects.Should().Equal(new Effect.Skip(null, new(2, 900)));
    }

    private void Hold(long have)
    {
        _cursors.Came(Given.Batch(have + 1, have), []);
    }

    private void Came(EntryBatch batch) => _cursors.Came(batch, _effects);

    private void Came(InboxBatch batch) => _cursors.Came(batch, _effects);

    private List<Effect.CallResync> Ask(TimeSpan now = default)
    {
        List<Effect> effects = [];
        _cursors.Ask(1, now, effects);
        return [.. effects.Cast<Effect.CallResync>()];
    }

    private void Answer(int number, params Resynced[] conversations) => _cursors.Answered(number, Given.Resynced(conversations), _effects);

    private static Conversation Row(ConversationId conversation, long head) => new(conversation, ConversationKind.Conference, [], 2, head, 0, 0, 0);
}
