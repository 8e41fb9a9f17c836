using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Json;

/// <summary>A time as whole milliseconds since 1970-01-01 UTC.</summary>
public sealed class UnixMillisecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var milliseconds)) throw new JsonException("A time is an integer.");
        if (milliseconds is < 0 or > 253_402_300_799_999) throw new JsonException("A time lies between 1970 and 9999.");
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
