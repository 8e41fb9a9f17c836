using System.Collections.Frozen;
using System.Text;
using Chat.Contracts;

namespace Chat.Server.Users;

/// <summary>
/// What a user name, or the name of an open conference, may be. A name is told from others by its folded form, and kept from looking like
/// another by its skeleton.
/// </summary>
internal static class UserNames
{
    private const string Reserved = """
        admin admins administrator administrators all announce announcement anonymous channel chat deleted deleted-user everybody everyone help here
        hostmaster lobby moderator moderators nobody null postmaster root security server signalr signalrchat support sysadmin system undefined webmaster
        """;

    private static readonly FrozenSet<string> ReservedSkeletons =
        Reserved.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Skeleton).ToFrozenSet();

    /// <summary>The name without differences of width and case; null where it is not a name at all.</summary>
    public static string? Fold(string text)
    {
        // Folding can halve a text (letters beyond the first plane), not more.
        if (text.Length > 2 * Limits.UserNameMaxLength || !NameRules.IsWellFormed(text)) return null;
        var folded = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return IsName(folded) ? folded : null;
    }

    /// <summary>Whether it is, or looks like, a name that stands for the service itself or for nobody.</summary>
    public static bool IsReserved(string folded) => ReservedSkeletons.Contains(Skeleton(folded));

    /// <summary>What names that look alike have in common.</summary>
    public static string Skeleton(string folded) => folded
        .Replace(".", "").Replace("_", "").Replace("-", "")
        .Replace('0', 'o').Replace('1', 'l')
        .Replace("rn", "m").Replace("vv", "w");

    private static bool IsName(string folded) =>
        folded.Length is >= Limits.UserNameMinLength and <= Limits.UserNameMaxLength
        && char.IsAsciiLetterOrDigit(folded[0])
        && folded.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-');
}
