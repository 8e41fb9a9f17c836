using System.Collections.Concurrent;
using Chat.Server.Storage;
using Chat.Tests.Faults.Power;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// The power goes at any line of what the storage does to its files. CHAT_FAULT_CUTS says how often (500), CHAT_FAULT_SEED with what luck.
/// </summary>
public sealed class PowerCuts(ITestOutputHelper output)
{
    private const int CutsPerRecording = 500;
    private const int AtOnce = 2;
    private static readonly int Seed = Size.Of("CHAT_FAULT_SEED", Random.Shared.Next(1, int.MaxValue));

    [Fact]
    public async Task What_was_acknowledged_is_there_after_every_cut_once()
    {
        var cuts = await Cut(Size.Of("CHAT_FAULT_CUTS", 500), file => new SqliteDialect(file));

        output.Tell($"power cuts, synchronous=FULL: {cuts.Count} cuts, {cuts.Sum(cut => cut.Lost)} acknowledged lost, {cuts.Sum(cut => cut.Wrong.Count)} other violations (seed {Seed})");
        cuts.SelectMany(cut => cut.Wrong).Should().BeEmpty($"with CHAT_FAULT_SEED={Seed}");
        cuts.Sum(cut => cut.Lost).Should().Be(0, $"with CHAT_FAULT_SEED={Seed}");
    }

    [Fact]
    public async Task Were_commits_not_synchronised_it_would_be_seen()
    {
        var cuts = await Cut(Size.Of("CHAT_FAULT_CUTS", 500) / 5, file => new HalfSynced(new(file)));

        output.Tell($"power cuts, synchronous=NORMAL: {cuts.Count} cuts, acknowledged messages lost in {cuts.Count(cut => cut.Lost > 0)} of them (the check sees)");
        cuts.Should().Contain(cut => cut.Lost > 0);
        cuts.SelectMany(cut => cut.Wrong).Should().BeEmpty("what is left is whole all the same");
    }

    private static async Task<IReadOnlyCollection<Aftermath>> Cut(int count, Func<string, Dialect> dialect)
    {
        ConcurrentBag<Aftermath> all = [];
        for (var seed = Seed; all.Count < count; seed++)
        {
            var happened = await Recording.Make(seed, dialect);
            Random random = new(seed);
            var lines = Enumerable.Range(0, Math.Min(CutsPerRecording, count - all.Count)).Select(_ => Line(happened, random)).Order().ToList();
            await Parallel.ForEachAsync(Enumerable.Range(0, AtOnce), async (part, _) =>
            {
                Disk disk = new(happened);
                Random luck = new(seed ^ part);
                foreach (var line in lines.Where((_, number) => number % AtOnce == part))
                {
                    using MemoryFolder folder = new();
                    disk.RunTo(line);
                    disk.Cut(luck, folder.Path);
                    Aftermath aftermath = new(happened.Take(line));
                    await aftermath.Inspect(folder.Database);
                    all.Add(aftermath);
                }
            });
        }
        return all;
    }

    // Any line, or the one right behind an answer: no moment is more dangerous.
    private static int Line(IReadOnlyList<Happening> happened, Random random)
    {
        var line = random.Next(happened.Count + 1);
        if (random.Next(2) == 0) return line;
        while (line < happened.Count && happened[line] is not Happening.Acknowledged) line++;
        return Math.Min(line + 1, happened.Count);
    }
}
