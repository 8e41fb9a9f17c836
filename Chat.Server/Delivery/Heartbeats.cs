namespace Chat.Server.Delivery;

/// <summary>How long a client may be silent before it counts as dead.</summary>
internal static class Heartbeats
{
    /// <summary>A stock client pings every 15 s and may idle for ever.</summary>
    public static readonly TimeSpan Undeclared = TimeSpan.FromSeconds(30);

    /// <summary>Two pings may get lost or late: a client that declares 5 s is found silent after 12 s.</summary>
    public static TimeSpan PatienceFor(TimeSpan? heartbeat)
    {
        var patience = 2 * heartbeat + TimeSpan.FromSeconds(2);
        return patience < Undeclared ? patience.Value : Undeclared;
    }
}
