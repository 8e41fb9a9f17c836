using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Chat.Contracts;

namespace Chat.Server.Conversations;

/// <summary>A place in the list of conversations: what comes behind it is the next page, whatever has moved above it meanwhile.</summary>
/// <param name="Pinned">1 or 0.</param>
internal readonly record struct ListPlace(long Pinned, long Activity, ConversationId Conversation)
{
    private const int MostCharacters = 200;

    private static readonly ListPlace Start = new(2, long.MaxValue, new(""));

    /// <summary>The start where there is no text; null where it is not one of ours.</summary>
    public static ListPlace? Parse(string? text)
    {
        if (text is null) return Start;
        if (text.Length > MostCharacters || !Base64Url.IsValid(text)) return null;
        return Encoding.Latin1.GetString(Base64Url.DecodeFromChars(text)).Split('|') is [var pinned, var activity, var id]
            && long.TryParse(pinned, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(activity, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && id.All(char.IsAsciiLetterOrDigit)
            ? new(first, second, new(id))
            : null;
    }

    public string ToText() => Base64Url.EncodeToString(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Pinned}|{Activity}|{Conversation}")));
}
