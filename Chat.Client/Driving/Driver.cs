using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Client.Events;
using Chat.Client.Reading;
using Chat.Client.Rules;
using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Driving;

/// <summary>
/// One log-in, from the first try to connect to its end: hands the rules what happens and the time, and does what they say. One loop uses the
/// rules; what takes time is done beside it and comes back as another input.
/// </summary>
internal sealed partial class Driver : IAsyncDisposable
{
    /// <summary>The server tells of typing once in this time; more need not be said.</summary>
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(3);

    private readonly ChatClientOptions _options;
    private readonly ChatEvents _events;
    private readonly Feeds _feeds;
    private readonly ILogger _logger;
    private readonly long _began;

    // Used by any thread.
    private readonly Channel<Note> _notes = Channel.CreateUnbounded<Note>(new() { SingleReader = true });
    private readonly TaskCompletionSource<Session> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Gate _gate = new();
    private readonly Outgoing _outgoing;
    private readonly Listing _listing;
    private readonly ConcurrentDictionary<ConversationId, TimeSpan> _typedAt = [];
    private readonly Task _loop;

    // Used by the loop alone.
    private readonly ClientRules _rules;
    private readonly ITimer _timer;
    private Link? _link;
    private Task _dropping = Task.CompletedTask;
    private TimeSpan? _wakesAt;
    private bool _wasLive;

    public Driver(Greeting greeting, ChatClientOptions options, ChatEvents events, Feeds feeds, ILogger<ChatClient> logger)
    {
        (_options, _events, _feeds, _logger) = (options, events, feeds, logger);
        _began = options.Clock.GetTimestamp();
        _rules = new(options.Random);
        _outgoing = new(options.OutboxLength);
        Calls = new(_gate, options.Random, options.Clock);
        _listing = new(Calls, options.Clock, events.Report, Hand);
        _timer = options.Clock.CreateTimer(_ => Happen(new Input.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Happen(new Input.Start(greeting with { Client = options.Program }));
        _loop = Task.Run(Run);
    }

    public Calls Calls { get; }

    /// <summary>Logged in, and everything that happens from here on is told; faulted where it comes to nothing.</summary>
    public Task<Session> Ready => _ready.Task;

    // Written by the loop, read by any thread.
    public ChatState State { get; private set; } = ChatState.Connecting;
    public Session? Session { get; private set; }
    public Exception? LastFault { get; private set; }

    private TimeSpan Now => _options.Clock.GetElapsedTime(_began);

    public Task<Stored> Send(Draft draft) => CallSize.Refuse(draft) is { } tooLarge
        ? Task.FromException<Stored>(new ChatRefusedException(tooLarge))
        : _outgoing.Add(draft, queued => Happen(new Input.Queue(queued)));

    /// <summary>Tells that one types: at once, as often as others are told of it, or not at all.</summary>
    public Task Type(ConversationId conversation, CancellationToken cancel) => State == ChatState.Live && IsTypingDue(conversation)
        ? Calls.Tell(hub => hub.Typing(new Typing { Conversation = conversation }), cancel)
        : Task.CompletedTask;

    /// <summary>Ends when nothing runs and nothing is open any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Happen(new Input.Stop());
        await _loop.ConfigureAwait(false);
    }

    private bool IsTypingDue(ConversationId conversation) => _typedAt.TryGetValue(conversation, out var before)
        ? Now - before >= TypingPause && _typedAt.TryUpdate(conversation, Now, before)
        : _typedAt.TryAdd(conversation, Now);

    private void Happen(Input input) => _notes.Writer.TryWrite(new(input));

    private async Task<bool> Hand(Input input)
    {
        TaskCompletionSource<bool> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _notes.Writer.TryWrite(new(input, taken)) && await taken.Task.ConfigureAwait(false);
    }

    private async Task Run()
    {
        await foreach (var note in _notes.Reader.ReadAllAsync())
        {
            try
            {
                note.Taken?.TrySetResult(note.Input is Input.FromConnection { Connection: var number } && _link?.Number == number && IsLoggedIn);
                Handle(note.Input);
            }
            catch (Exception fault)
            {
                // What cannot be understood is asked for again, over another connection.
                _events.Report(fault);
                if (_link is { } link) Lose(link, fault);
            }
            if (_rules.State == ClientState.Ended) _notes.Writer.TryComplete();
        }
        await _timer.DisposeAsync();
        await _dropping;
    }

    private void Handle(Input input)
    {
        if (input is Input.Tick) _wakesAt = null; // the timer has rung, perhaps a moment too early
        if (input is Input.Lost { Connection: var lost } && _link is { } link && link.Number == lost) Drop(link.Fault);
        if (input is Input.Greeted { Connection: var greeted, Answer.Refusal: { } refusal } && _link?.Number == greeted) LastFault = new ChatRefusedException(refusal);
        if (_link is { } silent && IsGreeted && Now >= silent.DeadAt)
            Lose(silent, new TimeoutException($"The server said nothing for {Liveness.SilenceLimit.TotalSeconds} seconds."));

        foreach (var effect in _rules.Handle(input, Now)) Do(effect);
        if (IsLoggedIn && _link is { } open) _gate.Open(open);
        Tell();
        Wake();
    }

    private bool IsLoggedIn => _rules.State is ClientState.Resyncing or ClientState.Live;

    private bool IsGreeted => IsLoggedIn || _rules.State == ClientState.Resuming;

    // The watch over silence is the driver's; the rest of losing a connection is the rules'.
    private void Lose(Link link, Exception fault)
    {
        Drop(fault);
        foreach (var effect in _rules.Handle(new Input.Lost(link.Number), Now)) Do(effect);
    }

    private void Drop(Exception? fault)
    {
        if (_link is not { } link) return;
        _link = null;
        if (fault is not null) LastFault = fault;
        _gate.Close();
        _dropping = Task.WhenAll(_dropping, link.DisposeAsync().AsTask());
        Log.Lost(_logger, link.Number, fault?.Message);
    }

    private void Tell()
    {
        var state = _rules.State switch
        {
            ClientState.Ended => ChatState.Ended,
            ClientState.Live => ChatState.Live,
            _ => _wasLive ? ChatState.Reconnecting : ChatState.Connecting
        };
        if (state == State) return;
        _wasLive |= state == ChatState.Live;
        State = state;
        Log.Became(_logger, state);
        _events.States.Tell(state);
    }

    private void Wake()
    {
        var due = Due.Earliest(_rules.DueAt, IsGreeted ? _link?.DeadAt : null);
        if (due == _wakesAt) return;
        _wakesAt = due;
        _timer.Change(due is { } at ? TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((at - Now).TotalMilliseconds), 0, int.MaxValue)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The chat client is {State}.")]
        public static partial void Became(ILogger logger, ChatState state);

        [LoggerMessage(2, LogLevel.Debug, "Connection {Number} was given up: {Why}")]
        public static partial void Lost(ILogger logger, int number, string? why);
    }
}
