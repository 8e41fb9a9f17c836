using System.Diagnostics;
using System.Globalization;

namespace Chat.Bench.Measuring;

/// <summary>When a message was due, written into its text, so that it is found in whatever frame and by a search for bytes.</summary>
internal static class Stamp
{
    private const int Digits = 16;
    private static ReadOnlySpan<byte> Mark => "~due="u8;

    /// <summary>A text of so many characters that bears the time.</summary>
    public static string Text(long due, int length) => $"~due={due:x16}".PadRight(length, '.');

    /// <summary>The next stamp in the bytes, which go on behind it.</summary>
    public static bool Next(ref ReadOnlySpan<byte> bytes, out long due)
    {
        due = 0;
        var at = bytes.IndexOf(Mark);
        if (at < 0) return false;
        due = long.Parse(bytes.Slice(at + Mark.Length, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        bytes = bytes[(at + Mark.Length + Digits)..];
        return true;
    }

    public static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
