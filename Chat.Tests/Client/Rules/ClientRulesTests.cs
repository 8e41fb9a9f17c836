using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

public sealed class ClientRulesTests
{
    private static readonly LogIn LogIn = new() { UserName = "me", Password = "secret words" };

    private ClientRules _rules = new(() => 0.5);
    private List<Effect> _effects = [];
    private TimeSpan _now;

    [Fact]
    public void A_first_log_in_with_nothing_held_is_live_at_once()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Connected(1));
        Happen(new Input.Greeted(1, Given.Session));

        _rules.State.Should().Be(ClientState.Live);
    }

    [Fact]
    public void The_client_declares_its_heartbeat()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Connected(1));

        _effects.The<Effect.Greet>().Greeting.HeartbeatMs.Should().Be(5_000);
    }

    [Fact]
    public void The_first_connect_is_tried_again_too()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Lost(1));
        _rules.State.Should().Be(ClientState.Waiting);

        Pass(0.5);

        _effects.The<Effect.Connect>().Connection.Should().Be(2);
    }

    [Fact]
    public void A_reconnect_resumes_then_resyncs_then_sends()
    {
        Go();
        Happen(new Input.Appended(1, Given.Batch(1, 1)));
        Happen(new Input.Lost(1));
        Happen(new Input.Queue(Given.Draft("a")));
        Pass(0.5);

        Happen(new Input.Connected(2));
        _effects.Should().ContainSingle().Which.Should().BeOfType<Effect.Greet>().Which.Greeting.Should().Be(new Resume { Token = "token", HeartbeatMs = 5_000 });
        Happen(new Input.Greeted(2, Given.Session));
        _effects.The<Effect.CallResync>().Request.Have[Given.Plans].Should().Be(1);
        _effects.OfType<Effect.Send>().Should().BeEmpty();
        Happen(new Input.Resynced(2, 1, Given.Resynced(new Resynced(Given.Plans, 2, 1))));

        _effects.The<Effect.Send>().Draft.ClientMessageId.Value.Should().Be("a");
        _rules.State.Should().Be(ClientState.Live);
    }

    [Fact]
    public void A_draft_is_kept_before_it_is_sent()
    {
        Go();

        Happen(new Input.Queue(Given.Draft("a")));

        _effects.Select(effect => effect.GetType()).Should().Equal(typeof(Effect.Keep), typeof(Effect.Send));
    }

    [Fact]
    public void The_entry_and_the_answer_store_a_draft_once()
    {
        Go();
        Happen(new Input.Queue(Given.Draft("a")));

        Happen(new Input.Appended(1, Given.BatchOf(Given.Message(7, "a", Given.Me))));
        _effects.The<Effect.Stored>().Seq.Should().Be(7);
        Happen(new Input.Sent(1, new("a"), 1, Given.Receipt(7)));

        _effects.Should().BeEmpty();
    }

    [Fact]
    public void What_a_given_up_connection_still_brings_is_ignored()
    {
        Go();
        Happen(new Input.Lost(1));
        Pass(0.5);

        Happen(new Input.Appended(1, Given.Batch(1, 1)));

        _effects.Should().BeEmpty();
    }

    [Fact]
    public void The_server_says_when_to_come_back()
    {
        Go();

        Happen(new Input.ServerClosing(1, new(2_500)));

        _effects.Should().Equal(new Effect.Disconnect(1));
        _rules.DueAt.Should().Be(TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void A_refused_log_in_ends_it()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Connected(1));

        Happen(new Input.Greeted(1, Refusal.WrongCredentials));

        _effects.Should().Equal(new Effect.Disconnect(1), new Effect.Ended(Refusal.WrongCredentials, null));
        _rules.DueAt.Should().BeNull();
    }

    [Fact]
    public void A_busy_server_is_asked_again_when_it_says()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Connected(1));

        Happen(new Input.Greeted(1, Refusal.TooManyConnections));

        _rules.State.Should().Be(ClientState.Waiting);
        _rules.DueAt.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_session_that_ends_is_not_resumed_and_keeps_its_outbox()
    {
        Go();
        Happen(new Input.Queue(Given.Draft("a")));

        Happen(new Input.SessionEnded(1, new(SessionEndReason.LoggedOut)));

        _rules.State.Should().Be(ClientState.Ended);
        _rules.Drafts.Should().ContainSingle();
    }

    [Fact]
    public void A_send_refused_because_the_session_ended_does_not_fail_the_draft()
    {
        Go();
        Happen(new Input.Queue(Given.Draft("a")));

        Happen(new Input.Sent(1, new("a"), 1, Refusal.SessionEnded));

        _effects.OfType<Effect.Failed>().Should().BeEmpty();
        _rules.State.Should().Be(ClientState.Ended);
        _rules.Drafts.Should().ContainSingle();
    }

    [Fact]
    public void A_send_refused_for_want_of_a_log_in_is_sent_on_the_next_connection()
    {
        Go();
        Happen(new Input.Queue(Given.Draft("a")));

        Happen(new Input.Sent(1, new("a"), 1, Refusal.NotLoggedIn));

        _effects.Should().Equal(new Effect.Disconnect(1));
        _rules.Drafts.Should().ContainSingle();
    }

    [Theory]
    [InlineData(10.9, nameof(ClientState.Connecting))]
    [InlineData(11, nameof(ClientState.Waiting))]
    public void A_connect_that_hangs_is_given_up(double seconds, string state)
    {
        Happen(new Input.Start(LogIn));

        Pass(seconds);

        _rules.State.ToString().Should().Be(state);
    }

    [Fact]
    public void A_greeting_that_is_not_answered_is_given_up()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Connected(1));

        Pass(30);

        _effects.Should().Equal(new Effect.Disconnect(1));
    }

    [Fact]
    public void A_resync_that_is_not_answered_gives_the_connection_up()
    {
        Go();
        Happen(new Input.Appended(1, Given.Batch(1, 1)));
        Happen(new Input.Appended(1, Given.Batch(5, 5)));
        _effects.The<Effect.CallResync>();

        Pass(30);

        _effects.Should().Equal(new Effect.Disconnect(1));
    }

    [Fact]
    public void A_registration_whose_answer_was_lost_goes_on_by_logging_in()
    {
        Happen(new Input.Start(new Register { UserName = "me", Password = "secret words" }));
        Happen(new Input.Connected(1));
        Happen(new Input.Lost(1));
        Pass(0.5);

        Happen(new Input.Connected(2));

        _effects.The<Effect.Greet>().Greeting.Should().BeOfType<LogIn>().Which.UserName.Should().Be("me");
    }

    [Fact]
    public void And_registers_again_where_there_is_no_such_user()
    {
        A_registration_whose_answer_was_lost_goes_on_by_logging_in();

        Happen(new Input.Greeted(2, Refusal.WrongCredentials));

        _effects.The<Effect.Greet>().Greeting.Should().BeOfType<Register>();
    }

    [Fact]
    public void A_restarted_client_goes_on_from_its_places_and_drafts()
    {
        _rules = new(() => 0.5, [new(Given.Plans, Given.Epoch, 4), new(null, Given.Epoch, 2)], [Given.Draft("a")]);

        Go();
        var request = _effects.The<Effect.CallResync>().Request;
        request.Have[Given.Plans].Should().Be(4);
        request.InboxSeq.Should().Be(2);
        Happen(new Input.Resynced(1, 1, new ResyncResult(Given.Epoch, [new(Given.Plans, 5, 4)], new(3, 2))));

        _effects.The<Effect.Send>().Draft.ClientMessageId.Value.Should().Be("a");
    }

    [Fact]
    public void Stopping_drops_the_connection_and_keeps_the_outbox()
    {
        Go();
        Happen(new Input.Queue(Given.Draft("a")));

        Happen(new Input.Stop());

        _effects.Should().Equal(new Effect.Disconnect(1), new Effect.Ended(null, null));
        _rules.Drafts.Should().ContainSingle();
    }

    private void Go()
    {
        Happen(new Input.Start(LogIn));
        Happen(new Input.Connected(1));
        Happen(new Input.Greeted(1, Given.Session));
    }

    private void Happen(Input input) => _effects = [.. _rules.Handle(input, _now)];

    private void Pass(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        Happen(new Input.Tick());
    }
}
