using System.Text.Json;
using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

public sealed class OutboxTests
{
    private readonly Outbox _outbox = new(() => 0.5);
    private readonly List<Effect> _effects = [];

    [Fact]
    public void Only_the_first_draft_of_a_conversation_is_under_way()
    {
        Add("a", "b");

        Send(0).Should().Equal("a");
        Send(1).Should().BeEmpty();
    }

    [Fact]
    public void Conversations_do_not_wait_for_each_other()
    {
        Add("a", "b");
        _outbox.Add(Given.Draft("c", Given.Lunch));

        Send(0).Should().Equal("a", "c");
    }

    [Fact]
    public void An_answer_lets_the_next_go()
    {
        Add("a", "b");
        Send(0);

        Stored("a", 5);

        _effects.The<Effect.Stored>().Seq.Should().Be(5);
        Send(0).Should().Equal("b");
    }

    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10, true)]
    public void Without_an_answer_in_ten_seconds_it_is_sent_again_with_its_id(double seconds, bool again)
    {
        Add("a", "b");
        Send(0);

        Send(seconds).Should().Equal(again ? ["a"] : []);
    }

    [Fact]
    public void After_a_lost_connection_it_is_sent_again_at_once_with_its_id()
    {
        Add("a", "b");
        Send(0);

        _outbox.Lost();

        Send(1).Should().Equal("a");
    }

    [Fact]
    public void A_retryable_refusal_waits_as_long_as_the_server_says()
    {
        Add("a", "b");
        Send(0);

        Refuse("a", 1, Refusal.RateLimited.RetryAfter(TimeSpan.FromSeconds(3)));

        _outbox.DueAt.Should().Be(TimeSpan.FromSeconds(3));
        Send(2.9).Should().BeEmpty();
        Send(3).Should().Equal("a");
    }

    [Fact]
    public void Where_the_server_does_not_say_each_wait_is_longer()
    {
        Add("a");
        List<double> waits = [];
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            _outbox.Send(1, TimeSpan.FromDays(1) * attempt, _effects);
            _outbox.Refused(new("a"), attempt, Input.Fault, TimeSpan.Zero, _effects);
            waits.Add(_outbox.DueAt!.Value.TotalSeconds);
        }

        waits.Should().Equal(0.5, 1, 2);
    }

    [Fact]
    public void A_permanent_refusal_takes_it_out_and_lets_the_next_go()
    {
        Add("a", "b");
        Send(0);

        Refuse("a", 1, Refusal.TextEmpty);

        _effects.The<Effect.Failed>().Should().Be(new Effect.Failed(Given.Draft("a"), Refusal.TextEmpty));
        Send(0).Should().Equal("b");
    }

    [Fact]
    public void The_refusal_of_an_overtaken_try_does_not_count()
    {
        Add("a");
        Send(0);
        Send(10);

        Refuse("a", 1, Refusal.NoSuchConversation);

        _effects.Should().BeEmpty("the second try is under way, and may be accepted");
    }

    [Fact]
    public void The_receipt_of_an_overtaken_try_does()
    {
        Add("a");
        Send(0);
        Send(10);

        Stored("a", 5);
        Stored("a", 5);

        _effects.Should().ContainSingle().Which.Should().BeOfType<Effect.Stored>();
    }

    [Fact]
    public void Its_own_entry_is_as_good_as_the_answer()
    {
        Add("a", "b");
        Send(0);

        Recognise(Given.Message(5, "a", Given.Me));

        _effects.The<Effect.Stored>().Seq.Should().Be(5);
        Send(0).Should().Equal("b");
    }

    [Fact]
    public void Another_users_equal_id_is_another_id()
    {
        Add("a");

        Recognise(Given.Message(5, "a", Given.Ann));

        _outbox.Drafts.Should().ContainSingle();
    }

    [Fact]
    public void An_amendment_is_recognised_by_its_entry_too()
    {
        _outbox.Add(Given.Reaction("r"));

        Recognise(new Reacted { Seq = 6, Author = Given.Me, ClientMessageId = new("r"), Target = 1, Emoji = "+" });

        _effects.The<Effect.Stored>().Seq.Should().Be(6);
    }

    [Fact]
    public void The_same_draft_is_kept_once()
    {
        Add("a", "a");

        _outbox.Drafts.Should().ContainSingle();
    }

    [Fact]
    public void An_amendment_of_another_history_fails_and_a_message_is_sent_all_the_same()
    {
        _outbox.Add(Given.Reaction("r") with { Epoch = Given.Epoch });
        _outbox.Add(Given.Draft("a") with { Epoch = Given.Epoch });

        _outbox.Enter(Given.OtherEpoch, _effects);

        _effects.The<Effect.Failed>().Draft.ClientMessageId.Value.Should().Be("r");
        Send(0).Should().Equal("a");
    }

    [Fact]
    public void Drafts_come_back_from_json_as_they_were_and_in_order()
    {
        Draft[] drafts = [Given.Draft("a") with { Epoch = Given.Epoch }, Given.Reaction("b"), Given.Draft("c")];

        var restored = JsonSerializer.Deserialize<Draft[]>(JsonSerializer.Serialize(drafts));

        restored.Should().Equal(drafts);
    }

    private void Add(params string[] ids)
    {
        foreach (var id in ids) _outbox.Add(Given.Draft(id));
    }

    private List<string> Send(double seconds)
    {
        List<Effect> effects = [];
        _outbox.Send(1, TimeSpan.FromSeconds(seconds), effects);
        return [.. effects.Cast<Effect.Send>().Select(send => send.Draft.ClientMessageId.Value)];
    }

    private void Stored(string id, long seq) => _outbox.Stored(Given.Plans, new(id), seq, DateTimeOffset.UnixEpoch, _effects);

    private void Refuse(string id, int attempt, Refusal refusal) => _outbox.Refused(new(id), attempt, refusal, TimeSpan.Zero, _effects);

    private void Recognise(Entry entry)
    {
        _effects.Add(new Effect.Apply(Given.BatchOf(entry)));
        _outbox.Recognise(Given.Me.User, _effects);
    }
}
