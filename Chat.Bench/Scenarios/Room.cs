using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;

namespace Chat.Bench.Scenarios;

internal sealed class Room : Scenario
{
    public const int Speakers = 4;

    public override string Name => "room";

    public override string Question => "What does a delivery cost in one conversation of 100, 1,000 and 5,000 members, at 10,000 deliveries/s?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var rate = setup.Rate ?? (setup.IsQuick ? 2_000 : 10_000);
        List<Report> reports = [];
        foreach (var members in setup.Members is { } asked ? [asked] : setup.IsQuick ? new[] { 20, 100 } : [100, 1_000, 5_000])
        {
            Say($"{Name}: {members:#,0} members");
            Report report = new(Name, $"{Name}: {members:#,0} members, {Speakers} speakers, {rate:#,0} deliveries/s, {setup.TextLength} bytes, {setup.Protocol}");
            reports.Add(await SideBySide.Run(setup, report, new Pace(rate / members), side => One(side, members)));
        }
        return reports;
    }

    /// <summary>One conversation, in which the first few speak.</summary>
    public static async Task<IReadOnlyList<Talk>> One(Side side, int members)
    {
        var people = await side.Gather(members);
        return [new(await side.Meet(people), [.. people.Take(Speakers)], members)];
    }
}
