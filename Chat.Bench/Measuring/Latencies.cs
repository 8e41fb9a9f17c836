using System.Diagnostics;
using System.Numerics;

namespace Chat.Bench.Measuring;

/// <summary>How long things took, in classes of which each is at most 3 % wide.</summary>
internal sealed class Latencies
{
    private const int Steps = 32; // classes between one power of two and the next
    private const int StepBits = 5;
    private readonly long[] _counts = new long[64 * Steps];

    public long Count { get; private set; }

    public void Add(double seconds)
    {
        _counts[ClassOf((long)(Math.Max(seconds, 0) * 1_000_000))]++;
        Count++;
    }

    /// <summary>Does something that is to be timed.</summary>
    public async Task<T> Of<T>(Func<Task<T>> deed)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await deed();
        Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        return result;
    }

    /// <summary>Milliseconds that this share of them took at most; not a number where there are none.</summary>
    public double Quantile(double share)
    {
        if (Count == 0) return double.NaN;
        var left = (long)Math.Ceiling(share * Count);
        var at = 0;
        while ((left -= _counts[at]) > 0) at++;
        return EndOf(at) / 1_000d;
    }

    // Below 32 µs one class a microsecond; above, the highest bit and the five below it.
    private static int ClassOf(long microseconds)
    {
        if (microseconds < Steps) return (int)microseconds;
        var shift = BitOperations.Log2((ulong)microseconds) - StepBits;
        return ((shift + 1) * Steps) + (int)((microseconds >> shift) - Steps);
    }

    private static long EndOf(int at)
    {
        if (at < Steps) return at + 1;
        var shift = (at / Steps) - 1;
        return (at % Steps + Steps + 1L) << shift;
    }
}
