using Chat.Contracts;

namespace Chat.Server.Delivery;

/// <summary>One live link of a client, from its handshake to its end. Anonymous until its user logs in.</summary>
internal sealed partial class Connection
{
    private readonly ILink _link;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private long _lastHeard;
    private long _expiresAt = DateTimeOffset.MaxValue.UtcTicks;
    private int _closed;
    private volatile Delivery.Call _call = Delivery.Call.None;

    public Connection(string id, ILink link, TimeSpan writeLimit, TimeProvider clock, ILogger logger)
    {
        Id = id;
        _link = link;
        _clock = clock;
        _logger = logger;
        OpenedAt = _lastHeard = clock.GetTimestamp();
        Courier = new(this, link, writeLimit, clock);
    }

    public string Id { get; }

    public Courier Courier { get; }

    /// <summary>Monotonic.</summary>
    public long OpenedAt { get; }

    public UserId? User { get; private set; }

    public SessionId? Session { get; private set; }

    public DateTimeOffset ExpiresAt => new(Volatile.Read(ref _expiresAt), TimeSpan.Zero);

    /// <summary>How long the client may be silent.</summary>
    public TimeSpan Patience { get; private set; } = Heartbeats.Undeclared;

    /// <summary>One at a time: what changes the set of feeds that this connection listens to.</summary>
    public SemaphoreSlim Listening { get; } = new(1);

    /// <summary>Whether its session has ended.</summary>
    public bool HasEnded { get; private set; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public TimeSpan Silence => _clock.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>Any frame at all came from the client.</summary>
    public void Heard() => Volatile.Write(ref _lastHeard, _clock.GetTimestamp());

    internal void Enter(UserId user, SessionId session, DateTimeOffset expiresAt, TimeSpan patience)
    {
        Renew(expiresAt);
        (User, Session, Patience) = (user, session, patience);
    }

    /// <summary>Its session holds until then.</summary>
    public void Renew(DateTimeOffset expiresAt) => Volatile.Write(ref _expiresAt, expiresAt.UtcTicks);

    /// <summary>A call of this client begins; disposing what is returned ends it. SignalR runs one call of a connection at a time.</summary>
    public IDisposable Call()
    {
        Delivery.Call call = new();
        _call = call;
        return call;
    }

    /// <summary>
    /// Says a last word and closes. From here on nothing else is written, but for the answer of a call that is under way:
    /// it may be the one that asked for the end.
    /// </summary>
    public void Close(Frame? last)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        Courier.Stop();
        _link.Close(last, _call.Ended);
    }

    /// <summary>Its session ended: nothing it asked for is done any more, also what waits to be written already.</summary>
    public void End(SessionEndReason reason)
    {
        HasEnded = true;
        Close(new Frame(nameof(IChatClient.SessionEnded), new SessionEnd(reason)));
    }

    /// <summary>A write failed or took too long.</summary>
    public void Break(Exception cause)
    {
        Log.Broke(_logger, cause.GetType().Name, Id);
        Close(null);
    }

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Debug, "Writing to connection {Connection} ended with {Cause}; it is closed and may resume.")]
        public static partial void Broke(ILogger logger, string cause, string connection);
    }
}
