using System.Diagnostics;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Load;

/// <summary>A server with people who talk, and what a stretch of their talking costs it.</summary>
internal sealed class Stage(Side side, IReadOnlyList<Talk> talks, int textLength)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public Side Side => side;

    /// <summary>At a pace that nothing changes.</summary>
    public Task<(Figures Figures, Meter Meter)> Talk(Pace pace, TimeSpan length) => Measure(meter => new Pacer(side, talks, pace, length, textLength, meter));

    /// <summary>As fast as the answers come.</summary>
    public Task<(Figures Figures, Meter Meter)> Rush(TimeSpan length) => Measure(meter => new Eager(side, talks, length, textLength, meter));

    // All of the load, and then the time until everything has arrived or nothing more does.
    private async Task<(Figures Figures, Meter Meter)> Measure(Func<Meter, ILoad> loadFor)
    {
        Meter meter = new();
        side.Loop.Meter = meter;
        var before = await side.Child.Allocated();
        var (cpu, kernel) = (side.Child.CpuSeconds, side.Child.KernelSeconds);
        var own = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();

        var load = loadFor(meter);
        side.Loop.Load = load;
        await load.Over;
        side.Loop.Load = null;
        var talked = Stopwatch.GetElapsedTime(began);
        await Arrived(meter);

        (cpu, kernel) = (side.Child.CpuSeconds - cpu, side.Child.KernelSeconds - kernel);
        var busy = (Environment.CpuUsage.TotalTime - own) / Stopwatch.GetElapsedTime(began);
        var allocated = await side.Child.Allocated() - before;
        var lasted = Math.Max(talked.TotalSeconds, Stamp.Seconds(meter.LastDelivery - began));
        return (Figure(meter, lasted, cpu, kernel, allocated, busy), meter);
    }

    private Figures Figure(Meter meter, double lasted, double cpu, double kernel, Allocations allocated, double busy) => new Figures()
        .Add("deliveries/s", meter.Delivered / lasted)
        .Add("arrived, %", 100.0 * meter.Delivered / meter.Expected)
        .Add("server CPU, s per 1 M deliveries", 1_000_000 * cpu / meter.Delivered)
        .Add("of it in the kernel, %", 100 * kernel / cpu)
        .Add("server CPU, ms a send", 1_000 * cpu / meter.Sent)
        .Add("delivery p50, ms", meter.Deliveries.Quantile(0.5))
        .Add("delivery p99, ms", meter.Deliveries.Quantile(0.99))
        .Add("delivery p99.9, ms", meter.Deliveries.Quantile(0.999))
        .Add("acknowledged/s", (meter.Answered - meter.Refused) / lasted)
        .Add("answer p50, ms", meter.Answers.Quantile(0.5))
        .Add("answer p99, ms", meter.Answers.Quantile(0.99))
        .Add("not answered or refused", meter.Sent - meter.Answered + meter.Refused)
        .Add("allocated, bytes a delivery", (double)allocated.Bytes / meter.Delivered)
        .Add("collections", allocated.Collections)
        .Add("collections of generation 2", allocated.OfGeneration2)
        .Add("server resident, MB", side.Child.Resident / 1e6)
        .Add("load: core busy, %", 100 * busy)
        .Add("load: late p99, ms", meter.Lateness.Quantile(0.99));

    private static async Task Arrived(Meter meter)
    {
        var seen = -1L;
        for (var since = Stopwatch.GetTimestamp(); meter.Delivered < meter.Expected || meter.Answered < meter.Sent; await Task.Delay(10))
        {
            if (meter.Delivered + meter.Answered != seen) (seen, since) = (meter.Delivered + meter.Answered, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(since) > Patience) return;
        }
    }
}
