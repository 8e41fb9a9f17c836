namespace Chat.Client.Rules;

/// <summary>
/// Whether the other end is still there, and when to say that we are. Begins with the handshake. SignalR's own client does the same when its
/// keep-alive interval and server time-out are set to these numbers.
/// </summary>
internal sealed class Liveness(TimeSpan now)
{
    /// <summary>Declared at log-in as <c>heartbeatMs</c>, so that the server finds a dead client within 13 s.</summary>
    public static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);

    /// <summary>The server pings every 5 s: two pings missed, and a second on the way. The socket may hold on for one more, so that 12 s after its last word nothing of a dead server is left.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(11);

    private TimeSpan _heardAt = now;

    /// <summary>The first is due at once: the server has seen nothing of us but a handshake.</summary>
    public TimeSpan PingDueAt { get; private set; } = now;

    public TimeSpan DeadAt => _heardAt + SilenceLimit;

    public bool IsDead(TimeSpan now) => now >= DeadAt;

    /// <summary>A frame of any kind came.</summary>
    public void Heard(TimeSpan now) => _heardAt = now;

    /// <summary>A frame of any kind was sent; it is as good as a ping.</summary>
    public void Said(TimeSpan now) => PingDueAt = now + PingEvery;
}
