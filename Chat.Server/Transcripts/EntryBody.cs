using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts;

namespace Chat.Server.Transcripts;

/// <summary>What the entries of all kinds say beyond who, when and where; each kind fills in its own part.</summary>
internal sealed record EntryBody
{
    public static readonly EntryBody Empty = new();

    public string? Text { get; init; }
    public long? ReplyTo { get; init; }
    public IReadOnlyList<UserId>? Mentions { get; init; }
    public string? Emoji { get; init; }
    public string? Title { get; init; }
    public string? Name { get; init; }
    public ConversationId? ContinuedFrom { get; init; }
    public IReadOnlyList<UserId>? Members { get; init; }
    public UserId? Member { get; init; }
    public Role? Role { get; init; }
    public long? FromSeq { get; init; }

    /// <summary>Everybody it names.</summary>
    [JsonIgnore]
    public IEnumerable<UserId> People => [.. Mentions ?? [], .. Members ?? [], .. Member is { } member ? [member] : Array.Empty<UserId>()];

    public string ToText() => JsonSerializer.Serialize(this, BodyJson.Default.EntryBody);

    public static EntryBody From(string text) => JsonSerializer.Deserialize(text, BodyJson.Default.EntryBody)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EntryBody))]
internal sealed partial class BodyJson : JsonSerializerContext;
