using System.Globalization;
using System.Text;
using Chat.Contracts;

namespace Chat.Server.Messages;

/// <summary>What a message may say. A text that may be said is stored exactly as it was given.</summary>
internal static class TextRules
{
    private const int MarksPerBase = 8;

    public static Refusal? Check(string text)
    {
        // A character takes at least a byte, so the count of bytes is only asked for where it is bounded.
        if (text.Length > Limits.TextLength || Encoding.UTF8.GetByteCount(text) > Limits.TextLength) return Refusal.TooLarge.Of("text");
        if (!IsWellFormed(text)) return Refusal.Invalid.Of("text").Because("The text holds characters that cannot be shown.");
        if (IsStacked(text)) return Refusal.Invalid.Of("text").Because("The text piles too many marks on one letter.");
        if (text.EnumerateRunes().All(rune => Rune.IsWhiteSpace(rune) || IsInvisible(rune))) return Refusal.TextEmpty;
        return null;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != System.Buffers.OperationStatus.Done) return false; // half a surrogate pair
            if (rune.Value is not ('\n' or '\t') && Rune.IsControl(rune)) return false;
            if (rune.Value is 0xFFFE or 0xFFFF) return false;
            text = text[length..];
        }
        return true;
    }

    // What joins (ZWJ and its kin) neither counts nor begins anew, or it would let the pile grow.
    private static bool IsStacked(string text)
    {
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark) marks++;
            else if (category is not UnicodeCategory.Format) marks = 0;
            if (marks > MarksPerBase) return true;
        }
        return false;
    }

    // Unicode's Default_Ignorable_Code_Point, and the braille cell without a dot. The category Format would not do: it has visible Arabic signs.
    private static bool IsInvisible(Rune rune) => rune.Value is
        0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or
        (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x2800 or 0x3164 or
        (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or
        (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);
}
