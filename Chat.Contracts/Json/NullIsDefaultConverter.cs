using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Json;

/// <summary>
/// For an optional field of a request whose type has no null: there, too, null says the same as leaving the field out. Clients of languages
/// that write every field of an object need not treat a few of them otherwise.
/// </summary>
public sealed class NullIsDefaultConverter<T> : JsonConverter<T> where T : struct
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : Inner(options).Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Inner(options).Write(writer, value, options);

    private static JsonConverter<T> Inner(JsonSerializerOptions options) => (JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter;
}
