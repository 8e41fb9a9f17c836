using Chat.Contracts;

namespace Chat.Server.Delivery;

/// <summary>Where telling begins for a client that says which seq it holds.</summary>
internal readonly record struct Start(long Position, long Head, bool? Reset, Hole? Skipped)
{
    /// <param name="first">The lowest seq that the user may read.</param>
    /// <param name="head">The highest.</param>
    public static Start Of(long have, bool sameHistory, long first, long head)
    {
        var tail = Math.Max(first - 1, head - Limits.ResyncTail);
        if (!sameHistory || have > head || have < 0) return new(tail, head, true, null);
        if (head - have > Limits.ResyncBehind && tail > have) return new(tail, head, null, new(have + 1, tail));
        return new(have, head, null, null);
    }
}
