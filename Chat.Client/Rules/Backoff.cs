namespace Chat.Client.Rules;

/// <summary>How long to wait before trying again: doubling, bounded, and different for everybody, so that clients do not come all at once.</summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What a server may ask for at most; more would leave a client away for a mistake.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    /// <param name="tries">Tries that failed before this one: 0, 1, 2 …</param>
    /// <param name="random">0 up to but not including 1.</param>
    public static TimeSpan After(int tries, double random)
    {
        var seconds = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, tries));
        return TimeSpan.FromSeconds(seconds * (0.5 + random));
    }

    /// <summary>What the server asked for comes first.</summary>
    public static TimeSpan After(long? askedMs, int tries, double random) => askedMs is { } asked
        ? TimeSpan.FromMilliseconds(Math.Clamp(asked, 0, LongestAsked.TotalMilliseconds))
        : After(tries, random);
}
