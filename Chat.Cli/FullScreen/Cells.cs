using System.Globalization;
using System.Text;

namespace Chat.Cli.FullScreen;

/// <summary>How much room text takes on a terminal: most letters one cell, those of East Asia and pictures two, marks upon a letter none.</summary>
internal static class Cells
{
    // Unicode's East Asian Wide and Fullwidth, and what is shown as a picture by itself.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615),
        (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE),
        (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B),
        (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
        (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF),
        (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F004, 0x1F004),
        (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F1FF), (0x1F200, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F37C),
        (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440),
        (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4),
        (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC),
        (0x1F7E0, 0x1F7F0), (0x1F90C, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text) => Letters(text).Sum(OfLetter);

    /// <summary>What people take for one letter each, however many characters it is made of.</summary>
    public static IEnumerable<string> Letters(string text)
    {
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext()) yield return letters.GetTextElement();
    }

    /// <summary>As much of the beginning as there is room for, filled up with blanks.</summary>
    public static string Fit(string text, int room)
    {
        StringBuilder fitting = new();
        var used = 0;
        foreach (var letter in Letters(text))
        {
            if (used + OfLetter(letter) > room) break;
            fitting.Append(letter);
            used += OfLetter(letter);
        }
        return fitting.Append(' ', room - used).ToString();
    }

    /// <summary>As much of the end as there is room for.</summary>
    public static string Tail(string text, int room)
    {
        LinkedList<string> kept = [];
        foreach (var letter in Letters(text).Reverse())
        {
            room -= OfLetter(letter);
            if (room < 0) break;
            kept.AddFirst(letter);
        }
        return string.Concat(kept);
    }

    /// <summary>Rows of at most so many cells, broken between words where there is a place for it.</summary>
    public static List<string> Wrap(string text, int room)
    {
        List<string> rows = [];
        foreach (var line in text.Split('\n')) WrapLine(line, Math.Max(room, 2), rows);
        return rows;
    }

    private static void WrapLine(string line, int room, List<string> rows)
    {
        StringBuilder row = new();
        var used = 0;
        var blank = -1; // where the row could be broken: behind this character of it
        foreach (var letter in Letters(line))
        {
            if (used + OfLetter(letter) > room)
            {
                var rest = blank > 0 && letter != " " ? row.ToString(blank, row.Length - blank) : "";
                rows.Add(row.ToString(0, row.Length - rest.Length).TrimEnd(' '));
                row.Clear().Append(rest);
                used = Of(rest);
                blank = -1;
                if (letter == " " && row.Length == 0) continue;
            }
            row.Append(letter);
            used += OfLetter(letter);
            if (letter == " ") blank = row.Length;
        }
        rows.Add(row.ToString());
    }

    private static int OfLetter(string letter)
    {
        var rune = Rune.TryGetRuneAt(letter, 0, out var first) ? first : Rune.ReplacementChar;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) return 0;
        return letter.Contains('\ufe0f', StringComparison.Ordinal) || IsWide(rune.Value) ? 2 : 1;
    }

    private static bool IsWide(int point)
    {
        if (point < Wide[0].First) return false;
        var (low, high) = (0, Wide.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point < Wide[middle].First) high = middle - 1;
            else if (point > Wide[middle].Last) low = middle + 1;
            else return true;
        }
        return false;
    }
}
