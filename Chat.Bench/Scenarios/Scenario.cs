using Chat.Bench.Measuring;

namespace Chat.Bench.Scenarios;

/// <summary>One question, asked of servers that it starts and ends itself.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    public abstract string Question { get; }

    public abstract Task<IReadOnlyList<Report>> Run(Setup setup);

    /// <summary>To the standard error output: it may take minutes.</summary>
    protected static void Say(string what) => Console.Error.WriteLine(what);
}
