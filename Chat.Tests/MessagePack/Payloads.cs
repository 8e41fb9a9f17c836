using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Tests.MessagePack;

// What travels in these tests: the kinds of records that the service sends, and ids and times with converters of their own.
public enum NoteKind
{
    Message,
    Joined,
}

public readonly record struct ConversationId(string Value);

public sealed record Author(string Id, string UserName, string? DisplayName);

public sealed record Note(
    ConversationId Conversation, long Seq, Author Author, NoteKind Kind, string Text, DateTimeOffset SentAt, string? ReplyTo, string[] Tags)
{
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeMilliseconds(1_795_212_345_678);

    public static Note Some(string text = "Shall we meet at half past nine?") =>
        new(new("0193f5c2"), 17, new("u1", "alice", "Alice"), NoteKind.Message, text, Then, null, ["plans", "ops"]);
}

public sealed class ConversationIdConverter : JsonConverter<ConversationId>
{
    public override ConversationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ConversationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

public sealed class MillisecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
