using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>When to try again once a connection is lost, or could not be made.</summary>
internal sealed class Reconnection(Func<double> random)
{
    /// <summary>A connection that was live for this long was a good one: the next loss is the first of a new row.</summary>
    public static readonly TimeSpan GoodAfter = TimeSpan.FromSeconds(10);

    /// <summary>A connection that is not made in this time is tried anew.</summary>
    public static readonly TimeSpan ConnectLimit = Liveness.SilenceLimit;

    /// <summary>Log-ins may queue at a busy server; it closes a connection that has not logged in after 30 s.</summary>
    public static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(30);

    private int _tries;
    private long? _askedMs;
    private TimeSpan? _liveSince;

    /// <summary>No later try would be answered otherwise: session ended, wrong credentials, unsupported version …</summary>
    public static bool IsFinal(Refusal refusal) => !refusal.Retryable;

    /// <summary>A call was refused for who asked, not for what: it stays to be done, on the next connection or by the next session.</summary>
    public static bool IsAboutTheSession(Refusal refusal) => refusal.Code == Refusal.SessionEnded.Code || refusal.Code == Refusal.NotLoggedIn.Code;

    public void Live(TimeSpan now) => _liveSince = now;

    /// <summary>The server said when to come back; that comes before our own reckoning, for one try.</summary>
    public void Asked(long? afterMs) => _askedMs = afterMs;

    /// <summary>The time of the next try.</summary>
    public TimeSpan Lost(TimeSpan now)
    {
        if (now - _liveSince >= GoodAfter) _tries = 0;
        var delay = Backoff.After(_askedMs, _tries, random());
        if (_askedMs is null) _tries++;
        _askedMs = null;
        _liveSince = null;
        return now + delay;
    }
}
