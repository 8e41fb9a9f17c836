using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// Seqs without a gap, both ends included. Pages are cut from the stretches that a reader may see: seqs are dense, so it is arithmetic, and its
/// cost does not depend on how long the transcript is.
/// </summary>
internal readonly record struct Stretch(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>What may be seen of a transcript with the given head: apart from each other, in order.</summary>
    public static List<Stretch> Of(Visibility visible, long head)
    {
        List<Stretch> stretches = [];
        foreach (var interval in visible.Intervals.OrderBy(interval => interval.First))
        {
            Stretch next = new(interval.First, Math.Min(interval.Last ?? head, head));
            if (next.Length < 1) continue;
            if (stretches.Count == 0 || next.First > stretches[^1].Last + 1) stretches.Add(next);
            else stretches[^1] = stretches[^1] with { Last = Math.Max(stretches[^1].Last, next.Last) };
        }
        return stretches;
    }

    /// <summary>The highest so many seqs at or below a place, in order.</summary>
    public static List<Stretch> Down(List<Stretch> stretches, long from, int count)
    {
        List<Stretch> taken = [];
        for (var i = stretches.Count - 1; i >= 0 && count > 0; i--)
        {
            var last = Math.Min(stretches[i].Last, from);
            Stretch next = new(Math.Max(stretches[i].First, last - count + 1), last);
            if (next.Length < 1) continue;
            taken.Insert(0, next);
            count -= (int)next.Length;
        }
        return taken;
    }

    /// <summary>The lowest so many seqs at or above a place, in order.</summary>
    public static List<Stretch> Up(List<Stretch> stretches, long from, int count)
    {
        List<Stretch> taken = [];
        for (var i = 0; i < stretches.Count && count > 0; i++)
        {
            var first = Math.Max(stretches[i].First, from);
            Stretch next = new(first, Math.Min(stretches[i].Last, first + count - 1));
            if (next.Length < 1) continue;
            taken.Add(next);
            count -= (int)next.Length;
        }
        return taken;
    }
}
