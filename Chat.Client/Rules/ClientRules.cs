using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>
/// The whole of a client's rules: what happens goes in, what to do comes out. It knows no socket, thread, timer or clock; the SDK, its tests and
/// the simulation run this same code. It is one user's, used by one loop at a time, and promises:
/// 1. from <see cref="Input.Start"/> on it tries to be connected until it is stopped or refused for good;
/// 2. after every reconnect: resume, resync, then the outbox;
/// 3. entries are applied in order of seq, each once, and nothing is passed over without a word;
/// 4. a draft leaves the outbox once: stored or failed.
/// </summary>
/// <remarks>Times are monotonic, from any beginning: a wall clock that is set makes no difference.</remarks>
internal sealed class ClientRules
{
    private readonly Reconnection _reconnection;
    private readonly Introduction _introduction = new();
    private readonly Cursors _cursors;
    private readonly Outbox _outbox;
    private int _connection;
    private UserId? _me;
    private string? _epoch;

    // When the present state ends by itself; only for waiting, connecting and resuming.
    private TimeSpan _stateEndsAt;

    /// <param name="random">0 up to but not including 1.</param>
    /// <param name="places">What this user's client held when it stopped; none for one that begins.</param>
    /// <param name="drafts">The same of its outbox.</param>
    public ClientRules(Func<double> random, IReadOnlyList<Place>? places = null, IReadOnlyList<Draft>? drafts = null)
    {
        _reconnection = new(random);
        _cursors = new(random);
        _outbox = new(random);
        _cursors.Restore(places ?? []);
        foreach (var draft in drafts ?? []) _outbox.Add(draft);
        _epoch = places is [var place, ..] ? place.Epoch : null;
    }

    public ClientState State { get; private set; }
    public IReadOnlyList<Place> Places => _cursors.Places;
    public IReadOnlyList<Draft> Drafts => _outbox.Drafts;

    /// <summary>When a <see cref="Input.Tick"/> is wanted at the latest.</summary>
    public TimeSpan? DueAt => State switch
    {
        ClientState.Waiting or ClientState.Connecting or ClientState.Resuming => _stateEndsAt,
        ClientState.Resyncing => _cursors.DueAt,
        ClientState.Live => Due.Earliest(_cursors.DueAt, _outbox.DueAt),
        _ => null
    };

    public IReadOnlyList<Effect> Handle(Input input, TimeSpan now)
    {
        List<Effect> effects = [];
        if (input is Input.FromConnection brought && !IsPresent(brought.Connection)) return effects;

        Happen(input, now, effects);
        if (_me is { } me) _outbox.Recognise(me, effects);
        Proceed(now, effects);
        return effects;
    }

    private bool IsPresent(int connection) => connection == _connection && State is >= ClientState.Connecting and <= ClientState.Live;

    private void Happen(Input input, TimeSpan now, List<Effect> effects)
    {
        switch (input)
        {
            case Input.Start start when State == ClientState.Idle:
                _introduction.Begin(start.Greeting);
                Connect(now, effects);
                break;
            case Input.Stop when State != ClientState.Ended:
                End(null, null, effects);
                break;
            case Input.Queue queued:
                var draft = queued.Draft with { Epoch = queued.Draft.Epoch ?? _epoch };
                if (_outbox.Add(draft)) effects.Add(new Effect.Keep(draft));
                break;
            case Input.Connected when State == ClientState.Connecting:
                Greet(now, effects);
                break;
            case Input.Lost:
                Lose(now);
                break;
            case Input.Greeted { Answer: var answer } when State == ClientState.Resuming:
                if (answer.Ok) Begin(answer.Value, effects);
                else if (_introduction.Refused(answer.Refusal)) Greet(now, effects);
                else if (Reconnection.IsFinal(answer.Refusal)) End(answer.Refusal, null, effects);
                else Drop(answer.Refusal.RetryAfterMs, now, effects);
                break;
            case Input.Resynced { Answer: { Ok: true } answer } resynced:
                Enter(answer.Value.Epoch, effects);
                _cursors.Answered(resynced.Number, answer.Value, effects);
                break;
            case Input.Resynced { Answer.Refusal: { } refusal } resynced:
                if (refusal.Retryable) _cursors.Refused(resynced.Number, refusal, now);
                else GiveUp(refusal, now, effects);
                break;
            case Input.Sent { Answer: { Ok: true } answer } sent:
                _outbox.Stored(answer.Value.Conversation, sent.ClientMessageId, answer.Value.Seq, answer.Value.SentAt, effects);
                break;
            case Input.Sent { Answer.Refusal: { } refusal } sent:
                if (Reconnection.IsAboutTheSession(refusal)) GiveUp(refusal, now, effects);
                else _outbox.Refused(sent.ClientMessageId, sent.Try, refusal, now, effects);
                break;
            case Input.Appended { Batch: var batch }:
                _cursors.Came(batch, effects);
                break;
            case Input.InboxAppended { Batch: var batch }:
                _cursors.Came(batch, effects);
                break;
            case Input.Listed { Page: var page } when _epoch is { } epoch:
                _cursors.Listed(page, epoch, effects);
                break;
            case Input.SessionEnded { End.Reason: var reason }:
                End(Refusal.SessionEnded, reason, effects);
                break;
            case Input.ServerClosing { Closing.ReconnectAfterMs: var after }:
                Drop(after, now, effects);
                break;
        }
    }

    private void Proceed(TimeSpan now, List<Effect> effects)
    {
        if (State is ClientState.Connecting or ClientState.Resuming && now >= _stateEndsAt) Drop(null, now, effects);
        if (State is ClientState.Resyncing or ClientState.Live && _cursors.IsOverdue(now)) Drop(null, now, effects);
        if (State == ClientState.Waiting && now >= _stateEndsAt) Connect(now, effects);
        if (State is ClientState.Resyncing or ClientState.Live) _cursors.Ask(_connection, now, effects);
        if (State == ClientState.Resyncing && _cursors.AreFollowing)
        {
            State = ClientState.Live;
            _reconnection.Live(now);
        }
        if (State == ClientState.Live) _outbox.Send(_connection, now, effects);
    }

    private void Connect(TimeSpan now, List<Effect> effects)
    {
        State = ClientState.Connecting;
        _stateEndsAt = now + Reconnection.ConnectLimit;
        effects.Add(new Effect.Connect(++_connection));
    }

    private void Greet(TimeSpan now, List<Effect> effects)
    {
        State = ClientState.Resuming;
        _stateEndsAt = now + Reconnection.GreetingLimit;
        effects.Add(new Effect.Greet(_connection, _introduction.Next));
    }

    private void Begin(Session session, List<Effect> effects)
    {
        State = ClientState.Resyncing;
        _me = session.Me.User;
        _introduction.Accepted(session);
        effects.Add(new Effect.LoggedIn(session));
        Enter(session.Epoch, effects);
    }

    private void Enter(string epoch, List<Effect> effects)
    {
        _epoch = epoch;
        _outbox.Enter(epoch, effects);
    }

    // A call was refused for what this connection is. What it was about stays to be done, on the next one or by the next session.
    private void GiveUp(Refusal refusal, TimeSpan now, List<Effect> effects)
    {
        if (refusal.Code == Refusal.SessionEnded.Code) End(refusal, null, effects);
        else Drop(null, now, effects);
    }

    private void Drop(long? reconnectAfterMs, TimeSpan now, List<Effect> effects)
    {
        effects.Add(new Effect.Disconnect(_connection));
        _reconnection.Asked(reconnectAfterMs);
        Lose(now);
    }

    private void Lose(TimeSpan now)
    {
        if (State == ClientState.Resuming) _introduction.Unanswered();
        State = ClientState.Waiting;
        _stateEndsAt = _reconnection.Lost(now);
        _cursors.Lost();
        _outbox.Lost();
    }

    private void End(Refusal? refusal, SessionEndReason? reason, List<Effect> effects)
    {
        if (IsPresent(_connection)) effects.Add(new Effect.Disconnect(_connection));
        State = ClientState.Ended;
        effects.Add(new Effect.Ended(refusal, reason));
    }
}
