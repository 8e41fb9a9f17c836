using System.Buffers;
using System.Globalization;
using System.Text;
using Chat.Contracts;

namespace Chat.Server.Users;

/// <summary>What free texts that name or describe somebody or something may be: display names, titles, avatars, the text about oneself.</summary>
internal static class NameRules
{
    private const int MarksOfNames = 2;
    private const int MarksOfLines = 8;

    /// <summary>A name in any script, on one line, trimmed, in the composed form; refused where one cannot see what it is.</summary>
    public static Answer<string> Name(string text, int most, string field)
    {
        if (Problem(text, most, field, MarksOfNames, lines: false) is { } problem) return problem;

        var name = text.Normalize(NormalizationForm.FormC).Trim();
        if (Length(name) > most) return Refusal.TooLarge.Of(field);
        if (!HasVisible(name)) return Refusal.Invalid.Of(field).Because("A name needs something to be seen.");
        return name;
    }

    /// <summary>A text of several lines, trimmed; empty where there is nothing to be seen.</summary>
    public static Answer<string> Lines(string text, int most, string field)
    {
        if (Problem(text, most, field, MarksOfLines, lines: true) is { } problem) return problem;

        var trimmed = text.Trim();
        if (Length(trimmed) > most) return Refusal.TooLarge.Of(field);
        return HasVisible(trimmed) ? trimmed : "";
    }

    /// <summary>Whether every surrogate has its other half, and no U+FFFE is in it: composing throws on either.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || rune.Value == 0xFFFE) return false;
            text = text[length..];
        }
        return true;
    }

    // Before anything costly: composing shortens a text to no less than a fourth.
    private static Refusal? Problem(string text, int most, string field, int marks, bool lines)
    {
        if (text.Length > 8 * most) return Refusal.TooLarge.Of(field);
        if (!IsWellFormed(text)) return Refusal.Invalid.Of(field).Because("The text has half a character in it.");
        if (text.EnumerateRunes().Any(rune => IsForbidden(rune, lines))) return Refusal.Invalid.Of(field).Because("The text has control characters in it.");
        if (MostMarks(text.Normalize(NormalizationForm.FormC)) > marks) return Refusal.Invalid.Of(field).Because("The text has too many marks on one letter.");
        return null;
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static bool IsForbidden(Rune rune, bool lines) => rune.Value switch
    {
        '\n' or '\t' => !lines,
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 => !lines, // they turn the rest of the line around
        var value when (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF => true, // not characters at all
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private static int MostMarks(string text)
    {
        int most = 0, marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => marks + 1,
                UnicodeCategory.Format => marks, // what joins letters is not seen between the marks
                _ => 0,
            };
            most = Math.Max(most, marks);
        }
        return most;
    }

    private static bool HasVisible(string text) => text.EnumerateRunes().Any(IsVisible);

    private static bool IsVisible(Rune rune) => rune.Value switch
    {
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 => false, // Hangul fillers and the empty Braille pattern count as letters and symbols
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark),
    };
}
