using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Sockets;

namespace Chat.Bench.Scenarios;

internal sealed class Max : Scenario
{
    private const double LongestP99 = 1_000; // ms
    private const double LeastArrived = 93; // %
    private const double Step = 1.2;

    public override string Name => "max";

    public override string Question => "At how many deliveries/s does a conversation of 1,000 members break: p99 above 1 s, or less than 93 % arrives?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var members = setup.Members ?? (setup.IsQuick ? 100 : 1_000);
        var first = setup.Rate ?? (setup.IsQuick ? 40_000 : 100_000);
        Report report = new(Name, $"{Name}: {members:#,0} members, {Room.Speakers} speakers, {setup.TextLength} bytes, {setup.Protocol}; the highest rate that held");
        using Loop loop = new();
        var sides = setup.Sides(loop);
        try
        {
            var stages = await SideBySide.Prepare(setup, sides, side => Room.One(side, members));
            foreach (var stage in stages) await stage.Talk(new(first / members), setup.WarmUp);
            for (var run = 0; run < setup.Runs; run++)
            {
                foreach (var stage in stages) report.Add(stage.Side.Name, await Highest(setup, stage, first, members));
            }
            return [report];
        }
        finally
        {
            foreach (var side in sides) await side.DisposeAsync();
        }
    }

    private static async Task<Figures> Highest(Setup setup, Stage stage, double first, int members)
    {
        var length = TimeSpan.FromSeconds(setup.IsQuick ? 1 : 5);
        Figures? held = null;
        for (var rate = first; ; rate *= Step)
        {
            var (figures, meter) = await stage.Talk(new(rate / members), length);
            Say($"max: {stage.Side.Name} at {rate:#,0}/s: {figures["arrived, %"]:0} % arrived, p99 {figures["delivery p99, ms"]:0} ms, load {figures["load: core busy, %"]:0} %");
            if (figures["delivery p99, ms"] > LongestP99 || figures["arrived, %"] < LeastArrived || meter.Chokes > 0 || (setup.IsQuick && rate > 4 * first)) return held ?? figures;
            held = figures;
        }
    }
}
