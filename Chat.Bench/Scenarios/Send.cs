using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Running;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Scenarios;

internal sealed class Send : Scenario
{
    private static readonly int[] Counts = [1, 8, 64, 512];

    public override string Name => "send";

    public override string Question => "How many sends a second are stored and acknowledged, from 1 to 512 senders, on SQLite and on PostgreSQL, and how long does one take at 1,000/s?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        // Both cores for both: what is looked for is what a small machine does as a whole.
        var pinned = setup;
        setup = setup with { IsPinned = false };
        Machine.Pin(setup);
        await using var postgres = await PostgresServer.Start();
        using Loop loop = new();
        Side[] sides = [setup.NewChat("SQLite", loop), setup.NewChat("PostgreSQL", loop, postgres.Settings), .. setup.WithBare ? new[] { setup.NewBare(loop) } : []];
        var senders = setup.Members ?? (setup.IsQuick ? 8 : 512);
        try
        {
            Dictionary<Side, IReadOnlyList<Talk>> notebooks = [];
            foreach (var side in sides)
            {
                Say($"{Name}: {side.Name}");
                await side.Start();
                notebooks[side] = await Notebooks(side, senders);
                await new Stage(side, notebooks[side], setup.TextLength).Rush(setup.WarmUp);
            }
            List<Report> reports = [];
            foreach (var count in Counts.Where(count => count <= senders))
                reports.Add(await InTurns(setup, sides, new(Name, $"{Name}: {count:#,0} senders, each as fast as it is answered, {setup.TextLength} bytes, {setup.Protocol}"),
                    side => new Stage(side, [.. notebooks[side].Take(count)], setup.TextLength).Rush(setup.Window)));
            var rate = setup.Rate ?? (setup.IsQuick ? 100 : 1_000);
            reports.Add(await InTurns(setup, sides, new(Name, $"{Name}: {rate:#,0} sends/s of {senders:#,0} senders, {setup.TextLength} bytes, {setup.Protocol}"),
                side => new Stage(side, notebooks[side], setup.TextLength).Talk(new(rate, IsRandom: true), setup.Window)));
            return reports;
        }
        finally
        {
            foreach (var side in sides) await side.DisposeAsync();
            Machine.Pin(pinned);
        }
    }

    private static async Task<Report> InTurns(Setup setup, Side[] sides, Report report, Func<Side, Task<(Figures Figures, Meter Meter)>> measure)
    {
        for (var run = 0; run < setup.Runs; run++)
        {
            foreach (var side in sides) report.Add(side.Name, (await measure(side)).Figures);
        }
        return report;
    }

    /// <summary>Everybody alone, so that it is sending that is measured.</summary>
    private static async Task<IReadOnlyList<Talk>> Notebooks(Side side, int count)
    {
        List<Talk> talks = [];
        foreach (var person in await side.Gather(count)) talks.Add(new(await side.Meet([person]), [person], 1));
        return talks;
    }
}
