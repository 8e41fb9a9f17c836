using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Tests.Client.Rules;
using Chat.Tests.Simulation.Judging;
using Chat.Tests.Simulation.Nodes;

namespace Chat.Tests.Simulation.Clients;

/// <summary>
/// One device of a user: the SDK's own rules, with a screen for what they apply and a durable memory for what they keep. It does what the SDK's
/// driver does, at the times that the run decides.
/// </summary>
internal sealed partial class Device(int number, Account account, VirtualClock clock, Random random, Judge judge, Func<Device, int, Line?> open)
{
    private Greeting? _greeting;
    private TimeSpan? _connectAt;
    private TimeSpan? _beginAt = TimeSpan.Zero;
    private TimeSpan _heardAt;
    private bool _hasListed;
    private int _connection;

    public int Number => number;

    public Account Account => account;

    public ClientRules Rules { get; private set; } = new(random.NextDouble);

    public Screen Screen { get; } = new();

    public Line? Line { get; private set; }

    /// <summary>Ready for what its user wants.</summary>
    public bool IsLive => Rules.State == ClientState.Live;

    /// <summary>Everything is up to date and sent, as far as the device knows.</summary>
    public bool IsSettled => IsLive && _hasListed && Rules.Drafts.Count == 0;

    /// <summary>When it wants to do something by itself.</summary>
    public TimeSpan? DueAt => Earliest(Rules.DueAt, Earliest(_connectAt, Earliest(_beginAt, DeadAt)));

    private TimeSpan? DeadAt => Line is { IsSilent: true } ? _heardAt + Liveness.SilenceLimit : null;

    public void Tick()
    {
        var now = clock.Now;
        if (_beginAt <= now) Begin();
        if (_connectAt <= now) Connect();
        if (DeadAt <= now) Lose();
        if (Rules.DueAt <= now) Take(new Input.Tick());
    }

    /// <summary>The next thing from its line.</summary>
    public void Read()
    {
        _heardAt = clock.Now;
        switch (Line!.ReadOne())
        {
            case Line.Answered answered:
                answered.Answer(answered.Value);
                break;
            case Frame frame:
                Hear(frame.Argument);
                break;
            case Line.End:
                Lose();
                break;
        }
    }

    public void FallSilent()
    {
        _heardAt = clock.Now;
        Line!.IsSilent = true;
    }

    /// <summary>The connection is gone, and the device has noticed.</summary>
    public void Lose()
    {
        Line?.Cut();
        Line = null;
        Take(new Input.Lost(_connection));
    }

    /// <summary>The program ended, whatever it was doing, and is started again; it has what it kept.</summary>
    public void Restart()
    {
        Line?.Cut();
        Line = null;
        _connectAt = null;
        Rules = new(random.NextDouble, Rules.Places, Rules.Drafts);
        _beginAt = clock.Now + TimeSpan.FromMilliseconds(random.Next(2_000));
    }

    private void Begin()
    {
        _beginAt = null;
        if (Rules.State == ClientState.Ended) Rules = new(random.NextDouble, Rules.Places, Rules.Drafts);
        Take(new Input.Start(_greeting ?? new LogIn { UserName = account.UserName, Password = account.Password }));
    }

    private void Connect()
    {
        _connectAt = null;
        Line = open(this, _connection);
        if (Line is null) Take(new Input.Lost(_connection));
        else Take(new Input.Connected(_connection));
    }

    private void Hear(object told)
    {
        switch (told)
        {
            case EntryBatch batch:
                Take(new Input.Appended(_connection, batch));
                break;
            case InboxBatch batch:
                Take(new Input.InboxAppended(_connection, batch));
                break;
            case SessionEnd end:
                Take(new Input.SessionEnded(_connection, end));
                break;
            case Closing closing:
                Take(new Input.ServerClosing(_connection, closing));
                break;
        }
    }

    private void Take(Input input)
    {
        foreach (var effect in Rules.Handle(input, clock.Now)) Do(effect);
    }

    private void Do(Effect effect)
    {
        judge.Watch(this, effect);
        switch (effect)
        {
            case Effect.Connect connect:
                _connection = connect.Connection;
                _connectAt = clock.Now + TimeSpan.FromMilliseconds(random.Next(50));
                break;
            case Effect.Disconnect:
                Line?.Cut();
                Line = null;
                break;
            case Effect.Greet greet:
                Ask<Session>(greet.Greeting.GetType().Name, greet.Greeting, answer => Take(new Input.Greeted(greet.Connection, answer)));
                break;
            case Effect.LoggedIn entered:
                if (!account.Sessions.Contains(entered.Session.SessionId)) account.Sessions.Add(entered.Session.SessionId);
                _greeting = new Resume { Token = entered.Session.Token };
                if (!_hasListed) List();
                break;
            case Effect.CallResync call:
                Ask<ResyncResult>(nameof(IChatHub.Resync), call.Request, answer => Take(new Input.Resynced(call.Connection, call.Number, answer)));
                break;
            case Effect.Send send:
                Send(send);
                break;
            case Effect.Ended ended:
                Line?.Cut();
                Line = null;
                _greeting = null;
                if (ended.Refusal?.Code == Refusal.WrongCredentials.Code) account.TryAnother();
                _beginAt = clock.Now + TimeSpan.FromMilliseconds(random.Next(3_000));
                break;
            case Effect.Begin { Conversation: null } or Effect.Skip { Conversation: null }:
                _hasListed = false; // what the inbox passed over is in the list
                List();
                break;
        }
        Show(effect);
    }

    private void Show(Effect effect)
    {
        try
        {
            Screen.Show(effect);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            judge.Ruling.Fail($"I2: a device applies what does not fit ({exception.Message})");
        }
    }

    private void Send(Effect.Send send)
    {
        var (method, request) = send.Draft switch
        {
            MessageDraft draft => (nameof(IChatHub.SendMessage), (object)draft.Request),
            EditDraft draft => (nameof(IChatHub.EditMessage), draft.Request),
            DeleteDraft draft => (nameof(IChatHub.DeleteMessage), draft.Request),
            ReactDraft draft => (nameof(IChatHub.React), draft.Request),
            UnreactDraft draft => (nameof(IChatHub.Unreact), draft.Request),
            _ => throw new NotSupportedException(),
        };
        Ask<Receipt>(method, request, answer => Take(new Input.Sent(send.Connection, send.Draft.ClientMessageId, send.Try, answer)));
    }

    // Logging in makes everything live, and the list says what there was before.
    private void List()
    {
        var connection = _connection;
        Ask<ConversationPage>(nameof(IChatHub.ListConversations), new ListConversations { All = true, Limit = Limits.PageOfConversations }, answer =>
        {
            if (!answer.Ok) return;
            _hasListed = true;
            Take(new Input.Listed(connection, answer.Value));
        });
    }

    private void Ask<T>(string method, object request, Action<Answer<T>> answered) where T : class
    {
        var line = Line;
        line?.Call(method, request, answer =>
        {
            // On the wire all refusals look the same.
            if (line == Line) answered(answer as Answer<T> ?? ((Answer<Done>)answer).Refusal!);
        });
    }

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null ? one : one < other ? one : other;
}
