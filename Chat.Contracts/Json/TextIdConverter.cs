using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Json;

/// <summary>An id type as a plain JSON string, also as the key of a map.</summary>
public sealed class TextIdConverter<TId> : JsonConverter<TId> where TId : struct, ITextId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Checked(reader.GetString()!) : throw new JsonException("An id is a string.");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);

    // Control characters stand in no id that was ever given out, and one of them, NUL, cannot even be asked for on every database.
    private static TId Checked(string text) =>
        text.Length is > 0 and <= Limits.IdLength && !text.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? TId.From(text)
            : throw new JsonException($"An id has 1 to {Limits.IdLength} characters, none of them a control character.");
}
