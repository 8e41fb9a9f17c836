using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Scenarios;

/// <summary>The same talk on each server: all warmed up first, then measured in turns, A B A B …, so that what disturbs the machine disturbs both.</summary>
internal static class SideBySide
{
    public static async Task<Report> Run(Setup setup, Report report, Pace pace, Func<Side, Task<IReadOnlyList<Talk>>> prepare)
    {
        using Loop loop = new();
        var sides = setup.Sides(loop);
        try
        {
            var stages = await Prepare(setup, sides, prepare);
            foreach (var stage in stages) await stage.Talk(pace, setup.WarmUp);
            for (var run = 0; run < setup.Runs; run++)
            {
                foreach (var stage in stages) report.Add(stage.Side.Name, (await stage.Talk(pace, setup.Window)).Figures);
            }
            return report;
        }
        finally
        {
            foreach (var side in sides) await side.DisposeAsync();
        }
    }

    public static async Task<IReadOnlyList<Stage>> Prepare(Setup setup, IReadOnlyList<Side> sides, Func<Side, Task<IReadOnlyList<Talk>>> prepare)
    {
        List<Stage> stages = [];
        foreach (var side in sides)
        {
            await side.Start();
            stages.Add(new(side, await prepare(side), setup.TextLength));
            await side.Child.Settle();
        }
        return stages;
    }
}
