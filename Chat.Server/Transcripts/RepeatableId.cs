using Chat.Contracts;

namespace Chat.Server.Transcripts;

/// <summary>The id that a caller chooses for a deed, so that asking for it again does nothing again.</summary>
internal static class RepeatableId
{
    private const int Length = 32;

    /// <param name="what">The id in plain words.</param>
    public static Refusal? Check(ITextId id, string field, string what) =>
        id.Value is { Length: Length } digits && digits.All(char.IsAsciiHexDigit)
            ? null
            : Refusal.Invalid.Of(field).Because($"{what} is {Length} hexadecimal digits.");
}
