namespace Chat.Bench.Measuring;

/// <summary>What a figure, or the ratio of two, should be. Which reports it is about is said by the beginning of their titles.</summary>
internal sealed record Goal(string Report, string Words, double Bound, bool IsAtLeast, Func<Report, double?> Figure)
{
    public static Goal AtMost(double bound, string report, string words, Func<Report, double?> figure) => new(report, words, bound, false, figure);

    public static Goal AtLeast(double bound, string report, string words, Func<Report, double?> figure) => new(report, words, bound, true, figure);

    /// <summary>Null where it was not measured.</summary>
    public double? Of(IEnumerable<Report> reports) => reports.FirstOrDefault(report => report.Title.StartsWith(Report, StringComparison.Ordinal)) is { } found ? Figure(found) : null;

    public bool IsReached(double measured) => IsAtLeast ? measured >= Bound : measured <= Bound;
}
