using System.Globalization;
using System.Text;
using Chat.Contracts;

namespace Chat.Server.Messages;

/// <summary>What one may react with: a single emoji, however many code points it is made of.</summary>
internal static class EmojiRules
{
    private const int Keycap = 0x20E3;

    public static Refusal? Check(string emoji)
    {
        if (emoji.Length > Limits.EmojiLength || Encoding.UTF8.GetByteCount(emoji) > Limits.EmojiLength) return Refusal.TooLarge.Of("emoji");
        if (!IsEmoji(emoji)) return Refusal.Invalid.Of("emoji").Because("A reaction is one emoji.");
        return null;
    }

    private static bool IsEmoji(string text)
    {
        if (text.Length == 0 || StringInfo.GetNextTextElementLength(text) != text.Length) return false;
        var runes = text.EnumerateRunes().ToList();
        var begins = IsPicture(runes[0]) || (IsKey(runes[0]) && runes[^1].Value == Keycap);
        return begins && runes.Skip(1).All(rune => IsPicture(rune) || IsPartOfEmoji(rune));
    }

    // Wider than the emoji of today, so that those of tomorrow need no new server; letters and digits are outside.
    private static bool IsPicture(Rune rune) => rune.Value is
        0x00A9 or 0x00AE or 0x203C or 0x2049 or 0x2122 or 0x2139 or (>= 0x2190 and <= 0x21FF) or (>= 0x2300 and <= 0x23FF) or 0x24C2 or
        (>= 0x25A0 and <= 0x27BF) or (>= 0x2900 and <= 0x297F) or (>= 0x2B00 and <= 0x2BFF) or 0x3030 or 0x303D or 0x3297 or 0x3299 or
        (>= 0x1F000 and <= 0x1FAFF);

    private static bool IsKey(Rune rune) => rune.Value is '#' or '*' or (>= '0' and <= '9');

    // The joiner, the choice of presentation, the keycap, and the tags that spell a region's flag.
    private static bool IsPartOfEmoji(Rune rune) => rune.Value is 0x200D or 0xFE0E or 0xFE0F or Keycap or (>= 0xE0020 and <= 0xE007F);
}
