using Chat.Client.Events;
using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.MessagePack;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Client.Driving;

/// <summary>One connection, from its opening to its end: a stock <see cref="HubConnection"/>, whose events become inputs that bear its number.</summary>
internal sealed class Link : IAsyncDisposable
{
    /// <summary>Our own watch over the server's silence is exact; SignalR's, which is not, only has to come later.</summary>
    private static readonly TimeSpan Backstop = 2 * Liveness.SilenceLimit;

    private readonly HubConnection _connection;
    private readonly Action<Input> _happened;
    private readonly Func<TimeSpan> _now;
    private readonly CancellationTokenSource _dropped = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Ticks of the client's monotonic time; written by the receive loop, read by the driver's.
    private long _heardAt;

    public Link(int number, ChatClientOptions options, Action<Input> happened, ChatEvents events, Func<TimeSpan> now)
    {
        (Number, _happened, _now) = (number, happened, now);
        _connection = Build(options);
        Hear(events);
    }

    public int Number { get; }

    /// <summary>Why it could not be made, or ended, as far as is known.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Ends when the client has given the connection up, and nobody is let through to it any more.</summary>
    public Task Gone => _gone.Task;

    /// <summary>When a server that goes on saying nothing is dead.</summary>
    public TimeSpan DeadAt => TimeSpan.FromTicks(Volatile.Read(ref _heardAt)) + Liveness.SilenceLimit;

    public IChatHub Hub(CancellationToken cancel) => new HubProxy(_connection, cancel);

    /// <summary>Says <see cref="Input.Connected"/> or <see cref="Input.Lost"/>; throws nothing.</summary>
    public async Task Connect()
    {
        try
        {
            await _connection.StartAsync(_dropped.Token).ConfigureAwait(false);
            _happened(new Input.Connected(Number));
        }
        catch (Exception fault)
        {
            Fault = fault;
            _happened(new Input.Lost(Number));
        }
    }

    /// <summary>Nobody waits for a connection that was given up; how it ends interests nobody either.</summary>
    public async ValueTask DisposeAsync()
    {
        _gone.TrySetResult();
        await _dropped.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _dropped.Dispose();
    }

    private HubConnection Build(ChatClientOptions options)
    {
        HubConnectionBuilder builder = new();
        builder.WithChatServer(options.HubUrl(), protocol => new(protocol, options.WebSocket) { Heard = Heard, InProcess = options.InProcess });
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = ChatJson.Default.Options);
        if (options.Protocol == ChatProtocol.MessagePack) builder.AddChatMessagePack();
        builder.Services.AddSingleton(options.LoggerFactory);

        var connection = builder.Build();
        connection.KeepAliveInterval = Liveness.PingEvery;
        connection.HandshakeTimeout = Reconnection.ConnectLimit;
        connection.ServerTimeout = Backstop;
        return connection;
    }

    private void Hear(ChatEvents events)
    {
        Heard();
        _connection.Closed += fault =>
        {
            Fault = fault;
            _happened(new Input.Lost(Number));
            return Task.CompletedTask;
        };
        _connection.On<EntryBatch>(nameof(IChatClient.EntriesAppended), batch => _happened(new Input.Appended(Number, batch)));
        _connection.On<InboxBatch>(nameof(IChatClient.InboxAppended), batch => _happened(new Input.InboxAppended(Number, batch)));
        _connection.On<SessionEnd>(nameof(IChatClient.SessionEnded), end => _happened(new Input.SessionEnded(Number, end)));
        _connection.On<Closing>(nameof(IChatClient.ServerClosing), closing => _happened(new Input.ServerClosing(Number, closing)));
        _connection.On<TypingNotice>(nameof(IChatClient.TypingChanged), events.Typing.Tell);
        _connection.On<PresenceNotice>(nameof(IChatClient.PresenceChanged), events.Presence.Tell);
        _connection.On<Profile>(nameof(IChatClient.ProfileChanged), events.Profiles.Tell);
        _connection.On<ReadNotice>(nameof(IChatClient.ReadMarkMoved), events.ReadMarks.Tell);
        _connection.On<Announcement>(nameof(IChatClient.Announced), events.Announcements.Tell);
    }

    private void Heard() => Volatile.Write(ref _heardAt, _now().Ticks);
}
