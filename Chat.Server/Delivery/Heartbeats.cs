namespace Chat.Server.Delivery;

/// <summary>How long a client may be silent before it counts as dead.</summary>
internal static class Heartbeats
{
    /// <summary>A stock client pings every 15 s and may idle for ever.</summary>
    public static readonly TimeSpan Undeclared = TimeSpan.FromSeconds(30);

    /// <summary>Two pings may get lost or late: a client that declares 5 s is found silent after 12 s.</summary>
    public static TimeSpan PatienceFor(int? heartbeatMs) =>
        heartbeatMs is { } declared ? TimeSpan.FromMilliseconds(Math.Min(2 * declared + 2_000, Undeclared.TotalMilliseconds)) : Undeclared;
}
