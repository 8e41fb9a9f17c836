using System.Globalization;
using System.Text;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Users;

/// <summary>
/// By what a user is found: the user name, and the display name from each of its words on, so that the beginning of any word finds it and
/// more words narrow it down. Case, width and accents make no difference; every other character stands for itself.
/// </summary>
internal static class SearchWords
{
    // Some single characters fold to whole phrases; beyond this place of a folded name no word begins.
    private const int Longest = 128;

    // Behind every text that begins with a prefix and before every other, in the order of code points.
    private const string Last = "\U0010FFFF";

    public static string Fold(string text)
    {
        var bare = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) bare.Append(bare.Length > 0 && bare[^1] != ' ' ? " " : "");
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) bare.Append(rune);
        }
        return bare.ToString().TrimEnd().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    /// <summary>The texts that begin with a folded one: from the first, up to but not including the second.</summary>
    public static (string From, string To) Range(string folded) => (folded, folded + Last);

    /// <summary>Makes the user findable under these names, and under no others.</summary>
    public static async Task Store(Sql sql, UserId user, string userName, string displayName)
    {
        await sql.Run("DELETE FROM search_word WHERE user_id = @user", ("user", user));
        foreach (var word in Of(displayName).Append(userName).Distinct())
        {
            await sql.Run("INSERT INTO search_word (word, user_id) VALUES (@word, @user)", ("word", word), ("user", user));
        }
    }

    private static IEnumerable<string> Of(string displayName)
    {
        var folded = Fold(displayName);
        var place = 0;
        var inWord = false;
        foreach (var rune in folded.EnumerateRunes())
        {
            if (place == 0 || (IsPartOfWord(rune) && !inWord)) yield return folded[place..];
            inWord = IsPartOfWord(rune);
            place += rune.Utf16SequenceLength;
            if (place > Longest) yield break;
        }
    }

    private static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;
}
