using System.Diagnostics;

namespace Chat.Bench.Measuring;

/// <summary>What one stretch of load brought. Counted by the loop's thread alone; looked at by others when it is over.</summary>
internal sealed class Meter
{
    private readonly long _since = Stopwatch.GetTimestamp();
    private long _delivered;
    private long _answered;

    /// <summary>From when a send was due to when each member had it.</summary>
    public Latencies Deliveries { get; } = new();

    /// <summary>From when a send was due to when its sender had the answer.</summary>
    public Latencies Answers { get; } = new();

    /// <summary>By how much the load itself was late: where this is large, the load was the limit.</summary>
    public Latencies Lateness { get; } = new();

    public long Sent { get; private set; }

    /// <summary>Deliveries that all sends together should bring.</summary>
    public long Expected { get; private set; }

    public long Delivered => Volatile.Read(ref _delivered);

    public long Answered => Volatile.Read(ref _answered);

    public long Refused { get; private set; }

    /// <summary>When the last delivery came, in ticks of the stopwatch.</summary>
    public long LastDelivery { get; private set; }

    /// <summary>Sends that the server did not take because it does not read.</summary>
    public long Chokes { get; private set; }

    public void Send(int audience, long due, long now)
    {
        Sent++;
        Expected += audience;
        Lateness.Add(Stamp.Seconds(now - due));
    }

    /// <summary>How many messages a frame brought. What was sent before this stretch began does not count in it.</summary>
    public int Delivery(ReadOnlySpan<byte> frame, long now)
    {
        var count = 0;
        while (Stamp.Next(ref frame, out var due))
        {
            count++;
            if (due < _since) continue;
            _delivered++;
            LastDelivery = now;
            Deliveries.Add(Stamp.Seconds(now - due));
        }
        return count;
    }

    public void Answer(long due, bool agreed)
    {
        if (!agreed) Refused++;
        Answers.Add(Stamp.Seconds(Stopwatch.GetTimestamp() - due));
        Volatile.Write(ref _answered, _answered + 1);
    }

    public void Choked() => Chokes++;
}
