using System.Globalization;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>What a run measured: in the output of its test, and at the end of the file that CHAT_FIGURES names. Measured, not judged.</summary>
internal static class Figures
{
    private static readonly Lock OneAtATime = new();

    public static void Tell(this ITestOutputHelper output, FormattableString figure)
    {
        var line = figure.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("CHAT_FIGURES") is not { Length: > 0 } file) return;
        lock (OneAtATime) File.AppendAllText(file, line + Environment.NewLine);
    }

    /// <summary>The value that so many of a hundred stay at or below.</summary>
    public static double Percentile(this IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
