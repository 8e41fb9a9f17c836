namespace Chat.Tests.Simulation;

/// <summary>How bad a run is going to be. Some runs are calm, some know one kind of trouble, some know all; a chance is 0 to 1.</summary>
internal sealed class Weather
{
    private bool _isOver;

    /// <summary>That another gets its turn before a statement.</summary>
    public double Interruption { get; init; }

    public double CrashAtCommit { get => _isOver ? 0 : field; init; }
    public double CommitFailure { get => _isOver ? 0 : field; init; }
    public double HintLoss { get => _isOver ? 0 : field; init; }
    public double HintDoubling { get => _isOver ? 0 : field; init; }

    /// <summary>For each of these: how likely it is at a step, set against the likeliness of a deed.</summary>
    public double Crash { get; init; }
    public double Cut { get; init; }
    public double Silence { get; init; }
    public double Stop { get; init; }
    public double Restart { get; init; }
    public double ClockJump { get; init; }

    public static Weather Of(Random random) => new()
    {
        Interruption = random.NextDouble() < 0.5 ? 0.05 : random.NextDouble() * 0.4,
        CrashAtCommit = Often(random, 0.3, 0.02),
        CommitFailure = Often(random, 0.3, 0.04),
        HintLoss = Often(random, 0.6, 1),
        HintDoubling = Often(random, 0.4, 0.5),
        Crash = Often(random, 0.3, 0.1),
        Cut = Often(random, 0.5, 0.4),
        Silence = Often(random, 0.3, 0.2),
        Stop = Often(random, 0.4, 0.4),
        Restart = Often(random, 0.3, 0.2),
        ClockJump = Often(random, 0.3, 0.2),
    };

    /// <summary>From here on nothing goes wrong any more.</summary>
    public void End() => _isOver = true;

    // Sometimes not at all, sometimes up to the most.
    private static double Often(Random random, double chance, double most) => random.NextDouble() < chance ? random.NextDouble() * most : 0;
}
