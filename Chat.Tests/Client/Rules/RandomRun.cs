using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

/// <summary>One seed: a client, a server and a bad network between them, in time of its own. First chaos, then calm until all is settled.</summary>
internal sealed class RandomRun
{
    private static readonly TimeSpan ChaosEnds = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan PatienceEnds = TimeSpan.FromMinutes(10);

    private readonly Random _random;
    private readonly ClientRules _rules;
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _agenda = new();
    private readonly List<ConversationId> _conversations = [];
    private readonly List<Draft> _queued = [];
    private TimeSpan _now;
    private TimeSpan _lastArrival;
    private int _order;
    private int _wanted;
    private int _connection;
    private int _restores;
    private bool _hasListed;

    public RandomRun(int seed)
    {
        _random = new(seed);
        _rules = new(_random.NextDouble);
        Server = new(_random);
        for (var number = _random.Next(1, 4); number > 0; number--) AddConversation();
    }

    public FakeServer Server { get; }

    public Screen Screen { get; } = new();

    public IReadOnlyList<Draft> Queued => _queued;

    public ClientRules Rules => _rules;

    /// <summary>Whether every draft that was stored must still be there.</summary>
    public bool NothingWasRestored => _restores == 0;

    private bool IsChaos => _now < ChaosEnds;

    public void Play()
    {
        Happen(new Input.Start(new LogIn { UserName = "me", Password = "secret words" }));
        After(0, Disturb);
        After(0, Tell);
        while (!IsSettled && _now < PatienceEnds && _agenda.TryDequeue(out var action, out var at))
        {
            _now = at.At;
            action();
        }
        if (!IsSettled) throw new InvalidOperationException($"not settled: {_rules.State}, {_rules.Drafts.Count} drafts");
    }

    private bool IsSettled => !IsChaos && _rules.State == ClientState.Live && _rules.Drafts.Count == 0
        && Screen.Conversations.All(shown => shown.Value.Have == Server.Transcripts[shown.Key].Count)
        && (!_hasListed || _conversations.TrueForAll(Screen.Conversations.ContainsKey));

    private void Disturb()
    {
        var conversation = _conversations[_random.Next(_conversations.Count)];
        switch (_random.Next(40))
        {
            case < 14:
                for (var count = _random.Next(1, 5); count > 0; count--) Server.Say(conversation, isSecret: _random.Next(5) == 0);
                break;
            case < 26:
                Queue(conversation);
                break;
            case < 31:
                Break();
                break;
            case < 32 when IsChaos && _connection > 0:
                var closing = _connection;
                Server.Disconnect();
                Happen(new Input.ServerClosing(closing, new(_random.Next(3_000))));
                break;
            case < 33:
                _restores++;
                Server.Restore();
                Break();
                break;
            case < 35 when _conversations.Count < 6:
                AddConversation();
                break;
            case < 39:
                Server.IsBusy = !Server.IsBusy;
                break;
        }
        if (IsChaos) After(_random.NextDouble() * 0.8, Disturb);
        else
        {
            Server.IsBusy = false;
            After(1, LastWords);
        }
    }

    // A batch that was lost at the end of a transcript is noticed by the next one.
    private void LastWords()
    {
        foreach (var conversation in _conversations) Server.Say(conversation, isSecret: false);
        AddConversation();
        After(60, LastWords);
    }

    private void AddConversation()
    {
        ConversationId conversation = new($"c{_conversations.Count}");
        _conversations.Add(conversation);
        Server.AddConversation(conversation, _random.Next(6));
    }

    private void Queue(ConversationId conversation)
    {
        ClientMessageId id = new($"d{_queued.Count}");
        Draft draft = _random.Next(4) == 0
            ? new ReactDraft(new React { Conversation = conversation, Seq = 1, ClientMessageId = id, Emoji = "+" })
            : new MessageDraft(new SendMessage { Conversation = conversation, ClientMessageId = id, Text = _random.Next(6) == 0 ? "bad" : "good" });
        _queued.Add(draft);
        Happen(new Input.Queue(draft));
    }

    private void Break()
    {
        var broken = _connection;
        Server.Disconnect();
        _connection = 0;
        After(Delay(), () => Happen(new Input.Lost(broken)));
    }

    /// <summary>The events of one connection arrive in order, even after it was given up; in chaos some twice, some never.</summary>
    private void Tell()
    {
        if (Server.NextBatch() is { } batch && !(IsChaos && _random.Next(60) == 0))
        {
            var connection = _connection;
            for (var times = IsChaos && _random.Next(10) == 0 ? 2 : 1; times > 0; times--)
            {
                _lastArrival = Later(_lastArrival, _now + TimeSpan.FromSeconds(Delay()));
                At(_lastArrival, () => Happen(batch is EntryBatch entries
                    ? new Input.Appended(connection, entries)
                    : new Input.InboxAppended(connection, (InboxBatch)batch)));
            }
        }
        After(IsChaos ? 0.02 + _random.NextDouble() * 0.1 : 0.2, Tell);
    }

    private void Happen(Input input)
    {
        var effects = _rules.Handle(input, _now);
        foreach (var effect in effects)
        {
            Screen.Show(effect);
            Do(effect);
        }
        if (_rules.DueAt is { } due) At(Later(due, _now), () => { if (_rules.DueAt <= _now) Happen(new Input.Tick()); });
    }

    private void Do(Effect effect)
    {
        switch (effect)
        {
            case Effect.Connect { Connection: var connection }:
                _wanted = connection;
                if (IsChaos && _random.Next(20) == 0) return; // hangs
                var isRefused = IsChaos && _random.Next(5) == 0;
                After(Delay(), () =>
                {
                    if (connection != _wanted) return;
                    if (!isRefused) (_connection, _lastArrival) = (connection, _now);
                    Happen(isRefused ? new Input.Lost(connection) : new Input.Connected(connection));
                });
                break;
            case Effect.Disconnect:
                Server.Disconnect();
                _wanted = _connection = 0;
                break;
            case Effect.Greet { Connection: var connection }:
                Call(connection, Server.Greet, answer => new Input.Greeted(connection, answer));
                break;
            case Effect.LoggedIn when _random.Next(2) == 0:
                _hasListed = true;
                var listing = _connection;
                Call(listing, Server.List, answer => new Input.Listed(listing, answer.Value!));
                break;
            case Effect.CallResync { Connection: var connection } resync:
                Call(connection, () => Server.Resync(resync.Request), answer => new Input.Resynced(connection, resync.Number, answer));
                break;
            case Effect.Send { Connection: var connection } send:
                Call(connection, () => Server.Store(send.Draft), answer => new Input.Sent(connection, send.Draft.ClientMessageId, send.Try, answer));
                break;
        }
    }

    /// <summary>Answers overtake events and each other, are lost, and come after their connection was given up; a call may be carried out although its connection is gone by then, if the server is not.</summary>
    private void Call<T>(int connection, Func<Answer<T>> deed, Func<Answer<T>, Input> input) where T : class
    {
        var epoch = Server.Epoch;
        After(Delay(), () =>
        {
            if (epoch != Server.Epoch) return;
            var isGone = connection != _connection;
            if (isGone && (typeof(T) != typeof(Receipt) || _random.Next(2) == 0)) return;
            var answer = deed();
            if (isGone || (IsChaos && _random.Next(25) == 0)) return;
            After(Delay(), () => Happen(input(answer)));
        });
    }

    private double Delay() => _random.Next(30) == 0 && IsChaos ? _random.NextDouble() * 15 : _random.NextDouble() * 0.2;

    private void After(double seconds, Action action) => At(_now + TimeSpan.FromSeconds(seconds), action);

    private void At(TimeSpan at, Action action) => _agenda.Enqueue(action, (at, _order++));

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
