using Chat.Contracts;

namespace Chat.Server.Transcripts;

/// <summary>
/// Which entries of one conversation one user may read. The one predicate: live delivery, resync, history, replies and lists all ask here
/// (queries in SQL use <see cref="Memberships.ReadableSql"/>, which says the same; counting the unread looks at the latest membership alone).
/// </summary>
internal sealed class Visibility(Interval[] intervals)
{
    public static readonly Visibility Everything = new([new Interval(1, 1, null)]);

    public IReadOnlyList<Interval> Intervals => intervals;

    /// <summary>Whether the user is a member now.</summary>
    public bool IsOpen { get; } = intervals.Any(interval => interval.IsOpen);

    public long First => intervals.Min(interval => interval.First);

    /// <summary>The seq from which on a member may read everything: past stretches that lead up to the present one count.</summary>
    public long UnbrokenFrom
    {
        get
        {
            var from = intervals.Single(interval => interval.IsOpen).First;
            foreach (var past in intervals.Where(interval => !interval.IsOpen).OrderByDescending(interval => interval.Last))
                if (past.Last >= from - 1) from = Math.Min(from, past.First);
            return from;
        }
    }

    /// <summary>The highest readable seq of a transcript with the given head.</summary>
    public long HeadOf(long head) => IsOpen ? head : Math.Min(head, intervals.Max(interval => interval.Last!.Value));

    /// <summary>The lowest readable seq from the given one on; null where there is none.</summary>
    public long? NextFrom(long seq)
    {
        // Asked for each entry and each listener: as plain as it can be, here and below.
        long? next = null;
        foreach (var interval in intervals)
        {
            if (interval.Last is { } last && last < seq) continue;
            var first = Math.Max(interval.First, seq);
            if (next is null || first < next) next = first;
        }
        return next;
    }

    /// <summary>Whether one membership lets the user read all of it.</summary>
    public bool Covers(long from, long to)
    {
        foreach (var interval in intervals)
        {
            if (interval.Holds(from) && interval.Holds(to)) return true;
        }
        return false;
    }

    public bool Sees(long seq) => Covers(seq, seq);

    /// <summary>An amendment is as visible as the message it is about.</summary>
    public bool Sees(long seq, long? target) => Sees(seq) && (target is null || Sees(target.Value));

    public bool Sees(StoredEntry entry) => Sees(entry.Seq, entry.Target);

    /// <summary>The stretches of from…to that nobody may show this user, given the seqs that were shown.</summary>
    public static List<Hole> HolesBetween(long from, long to, IEnumerable<long> shown)
    {
        List<Hole> holes = [];
        var next = from;
        foreach (var seq in shown)
        {
            if (seq > next) holes.Add(new(next, seq - 1));
            next = seq + 1;
        }
        if (next <= to) holes.Add(new(next, to));
        return holes;
    }
}
