using System.Globalization;

namespace Chat.Tests.Simulation;

/// <summary>Many runs, on several threads; each is on one alone.</summary>
public static class Runs
{
    /// <summary>The seed to play alone, or from which to begin: CHAT_SIMULATION_SEED.</summary>
    public static int First { get; } = Number("CHAT_SIMULATION_SEED") ?? 1;

    /// <summary>How many: CHAT_SIMULATION_SEEDS, or the one that was named, or as many as a test run has time for.</summary>
    public static int Count { get; } = Number("CHAT_SIMULATION_SEEDS") ?? (Number("CHAT_SIMULATION_SEED") is null ? 5_000 : 1);

    /// <summary>What was broken in which run, with its last steps; at most a few.</summary>
    public static List<string> Broken(int first, int count, Action? begin = null, int most = 3)
    {
        List<(int Seed, string What)> broken = [];
        var next = first - 1;
        var threads = Enumerable.Range(0, Math.Min(count, Math.Max(2, Environment.ProcessorCount))).Select(_ => new Thread(Work)).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return [.. broken.OrderBy(one => one.Seed).Take(most).Select(one => one.What)];

        void Work()
        {
            begin?.Invoke();
            while (Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                var what = Play(seed);
                lock (broken)
                {
                    if (what is not null) broken.Add((seed, what));
                    if (broken.Count >= most) return;
                }
            }
        }
    }

    /// <summary>The first promise that is broken in so many runs; null where none is.</summary>
    public static string? FirstBroken(int count, Action begin) => Broken(1, count, begin, most: 1).FirstOrDefault();

    /// <summary>What was broken in one run, told with how to see it again; null where nothing was.</summary>
    public static string? Play(int seed)
    {
        try
        {
            using World world = new(seed);
            return world.Play() is { } broken ? $"{broken}\nRun it again with CHAT_SIMULATION_SEED={seed}. Its last steps:\n{world.Trace.Last}" : null;
        }
        catch (Exception exception)
        {
            return $"Run {seed} threw (again with CHAT_SIMULATION_SEED={seed}): {exception}";
        }
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
