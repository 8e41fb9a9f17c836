using System.Globalization;
using System.Text;

namespace Chat.Cli.Printing;

/// <summary>Text of others, made fit for a terminal: nothing in it moves the cursor, changes a colour, or turns the direction of what follows.</summary>
internal static class SafeText
{
    /// <summary>On one line: breaks of lines are escaped as well.</summary>
    public static string OneLine(string? text) => Escape(text ?? "", _ => false);

    /// <summary>Breaks of lines stay, as <c>\n</c>; a tab becomes four blanks.</summary>
    public static string Lines(string? text) =>
        Escape((text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\t", "    ", StringComparison.Ordinal), c => c == '\n');

    private static string Escape(string text, Func<char, bool> stays)
    {
        if (!text.Any(c => Acts(c) && !stays(c))) return text;
        StringBuilder escaped = new(text.Length + 16);
        foreach (var c in text)
        {
            if (!Acts(c) || stays(c)) escaped.Append(c);
            else escaped.Append(Named(c));
        }
        return escaped.ToString();
    }

    private static string Named(char c) => c switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    // Control characters, C1 among them, both separators of lines, and the marks that turn the direction of what follows. A half of a surrogate
    // pair would be written as a broken sequence; a whole one passes.
    private static bool Acts(char c) =>
        char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
