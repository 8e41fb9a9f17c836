namespace Chat.Bench.Load;

/// <summary>How many sends a second, evenly or as they come when many people decide on their own.</summary>
internal sealed record Pace(double SendsPerSecond, bool IsRandom = false)
{
    /// <summary>Seconds until the next.</summary>
    public double Gap(Random random) => IsRandom ? -Math.Log(1 - random.NextDouble()) / SendsPerSecond : 1 / SendsPerSecond;
}
