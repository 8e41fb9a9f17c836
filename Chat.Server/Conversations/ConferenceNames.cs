using System.Text;
using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>What a conference may be called: its title is free text, its open name is shaped like a user name.</summary>
internal static class ConferenceNames
{
    /// <summary>The title trimmed, null where nothing is left of it; or why it is refused.</summary>
    public static Refusal? CheckTitle(string? asked, out string? title)
    {
        title = null;
        if (string.IsNullOrWhiteSpace(asked)) return null;
        var name = NameRules.Name(asked, Limits.TitleLength, "title");
        title = name.Value;
        return name.Refusal;
    }

    /// <summary>The name folded, null where none is asked for; or why it is refused. No other may be taken for the Lobby.</summary>
    public static Refusal? CheckOpenName(string? asked, out string? name)
    {
        name = asked is null ? null : UserNames.Fold(asked);
        if (asked is null) return null;
        if (name is null) return Refusal.Invalid.Of("openName").Because(
            $"A name has {Limits.UserNameMinLength} to {Limits.UserNameMaxLength} letters, digits, dots, dashes or underscores and begins with a letter or digit.");
        return UserNames.Skeleton(name) == Lobby.Name ? Refusal.NameTaken.Of("openName") : null;
    }

    /// <summary>The beginning of a name, folded; null where no name begins like that.</summary>
    public static string? Prefix(string? asked)
    {
        if (string.IsNullOrEmpty(asked)) return "";
        if (asked.Length > 2 * Limits.UserNameMaxLength || !NameRules.IsWellFormed(asked)) return null;
        var folded = asked.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return folded.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-') ? folded : null;
    }
}
