using System.Globalization;
using System.Text;
using Chat.Contracts;

namespace Chat.Server.Conversations;

/// <summary>What a conference may be called: its title is free text, its open name is shaped like a user name.</summary>
internal static class ConferenceNames
{
    /// <summary>The title trimmed, null where nothing is left of it; or why it is refused.</summary>
    public static Refusal? CheckTitle(string? asked, out string? title)
    {
        var trimmed = asked?.Trim();
        title = string.IsNullOrEmpty(trimmed) ? null : trimmed;
        if (title is null) return null;
        if (title.Length > 2 * Limits.TitleLength || title.EnumerateRunes().Count() > Limits.TitleLength)
            return Refusal.TooLarge.Of("title").Because($"A title has at most {Limits.TitleLength} characters.");
        if (!IsShowable(title)) return Refusal.Invalid.Of("title").Because("A title is one line of visible text.");
        return null;
    }

    /// <summary>The name folded, null where none is asked for; or why it is refused. <c>lobby</c> is taken by the Lobby.</summary>
    public static Refusal? CheckOpenName(string? asked, out string? name)
    {
        name = asked is null ? null : Fold(asked);
        if (name is null || IsName(name)) return null;
        return Refusal.Invalid.Of("openName").Because(
            $"A name has {Limits.UserNameMinLength} to {Limits.UserNameMaxLength} letters, digits, dots, dashes or underscores and begins with a letter or digit.");
    }

    /// <summary>Names are found whatever their case and width. What cannot be a name, or the beginning of one, comes back empty.</summary>
    public static string Fold(string name)
    {
        if (name.Length > Limits.UserNameMaxLength) return "";
        var folded = string.Concat(name.Select(Fold));
        return folded.All(IsLetter) ? folded : "";
    }

    private static char Fold(char letter)
    {
        var narrow = letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;
        return char.IsAsciiLetterUpper(narrow) ? (char)(narrow | 0x20) : narrow;
    }

    private static bool IsName(string name) =>
        name.Length >= Limits.UserNameMinLength && char.IsAsciiLetterOrDigit(name[0]) && name.All(IsLetter);

    private static bool IsLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';

    // Bidi overrides would let a title rewrite the line it stands in; a lone surrogate cannot be stored as UTF-8.
    private static bool IsShowable(string title)
    {
        var visible = false;
        for (var i = 0; i < title.Length; i++)
        {
            if (!Rune.TryGetRuneAt(title, i, out var rune)) return false;
            i += rune.Utf16SequenceLength - 1;
            if (rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)) return false;
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned) return false;
            visible |= category is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator);
        }
        return visible;
    }
}
