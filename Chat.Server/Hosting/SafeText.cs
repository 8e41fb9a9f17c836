using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Chat.Server.Hosting;

/// <summary>Text made fit for a terminal and a log.</summary>
internal static partial class SafeText
{
    /// <summary>The text with everything escaped that a terminal acts upon or that breaks or turns a line, and without tokens.</summary>
    public static string OneLine(string text)
    {
        if (text.Contains("token=", StringComparison.OrdinalIgnoreCase)) text = Token().Replace(text, "$1…");
        if (!text.Any(Acts)) return text;
        StringBuilder escaped = new(text.Length + 16);
        foreach (var c in text)
        {
            if (Acts(c)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else escaped.Append(c);
        }
        return escaped.ToString();
    }

    // Control characters, both separators of lines, and the marks that turn the direction of what follows.
    private static bool Acts(char c) => char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or '\u2028' or '\u2029' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    [GeneratedRegex("""(token=)[^&\s"']+""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
