using System.Globalization;
using System.Text;

namespace Chat.Bench.Measuring;

/// <summary>A report as people read it: a figure a line, minimum, median and maximum of each server, and the ratio of the medians.</summary>
internal static class Table
{
    private const int NameWidth = 34;
    private const int Width = 10;

    public static string Of(Report report)
    {
        StringBuilder text = new();
        text.AppendLine().AppendLine(report.Title);
        text.Append(new string(' ', NameWidth));
        foreach (var side in report.Sides) text.Append(side.PadLeft(3 * Width));
        if (report.Sides.Count > 1) text.Append("ratio".PadLeft(Width));
        text.AppendLine();
        foreach (var name in report.Names)
        {
            text.Append(name.PadRight(NameWidth));
            foreach (var side in report.Sides) text.Append(Cells(report.Of(side, name)));
            if (report.Ratio(name) is { } ratio) text.Append(ratio.ToString("0.00", CultureInfo.InvariantCulture).PadLeft(Width));
            text.AppendLine();
        }
        return text.ToString();
    }

    private static string Cells(Spread? spread) =>
        spread is null ? new string(' ', 3 * Width) : $"{Number(spread.Min)}{Number(spread.Median)}{Number(spread.Max)}";

    private static string Number(double value) => Plain(value).PadLeft(Width);

    private static string Plain(double value) => Math.Abs(value) switch
    {
        double.NaN => "-",
        >= 100 or 0 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
