using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts;

/// <summary>An id is its own type in code and plain text on the wire: at most <see cref="Limits.IdLength"/> characters, opaque to clients.</summary>
public interface ITextId
{
    /// <summary>Null only where a request left the id out.</summary>
    string Value { get; }
}

public interface ITextId<TSelf> : ITextId where TSelf : struct, ITextId<TSelf>
{
    static abstract TSelf From(string text);
}

/// <summary>A user of the service. Issued once, never reused.</summary>
[JsonConverter(typeof(TextIdConverter<UserId>))]
public readonly record struct UserId(string Value) : ITextId<UserId>
{
    public static UserId From(string text) => new(text);
    public override string ToString() => Value;
}

/// <summary>A private chat or a conference.</summary>
[JsonConverter(typeof(TextIdConverter<ConversationId>))]
public readonly record struct ConversationId(string Value) : ITextId<ConversationId>
{
    public static ConversationId From(string text) => new(text);
    public override string ToString() => Value;
}

/// <summary>What a log-in created. Not a secret: the token is.</summary>
[JsonConverter(typeof(TextIdConverter<SessionId>))]
public readonly record struct SessionId(string Value) : ITextId<SessionId>
{
    public static SessionId From(string text) => new(text);
    public override string ToString() => Value;
}

/// <summary>
/// The sender's own id for a draft: 16 random bytes as 32 hexadecimal digits, made once per deed of a user and kept over every retry.
/// Unique per user, for ever; another user's equal id is another id.
/// </summary>
[JsonConverter(typeof(TextIdConverter<ClientMessageId>))]
public readonly record struct ClientMessageId(string Value) : ITextId<ClientMessageId>
{
    public static ClientMessageId From(string text) => new(text);

    /// <summary>Time-ordered, so that the server's unique index grows at its end.</summary>
    public static ClientMessageId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));

    public override string ToString() => Value;
}

/// <summary>The caller's own id for starting or inviting; a repeat with the same id answers what the first did. Shaped like <see cref="ClientMessageId"/>.</summary>
[JsonConverter(typeof(TextIdConverter<OperationId>))]
public readonly record struct OperationId(string Value) : ITextId<OperationId>
{
    public static OperationId From(string text) => new(text);
    public static OperationId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
    public override string ToString() => Value;
}
