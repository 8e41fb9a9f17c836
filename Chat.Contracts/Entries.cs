using System.Text.Json.Serialization;

namespace Chat.Contracts;

/// <summary>
/// One numbered item of a conversation's transcript. The union is closed but grows with the protocol: an unknown kind is read as this
/// base record, counts as any other and stops nobody's cursor.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(Reacted), "reacted")]
[JsonDerivedType(typeof(Unreacted), "unreacted")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Joined), "joined")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(RoleChanged), "roleChanged")]
[JsonDerivedType(typeof(Renamed), "renamed")]
public record Entry
{
    /// <summary>Place in the conversation: 1, 2, 3 … with no gap.</summary>
    public long Seq { get; init; }

    /// <summary>The server's clock; never decreases along a transcript.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>Who did it.</summary>
    public Person Author { get; init; } = null!;
}

/// <summary>The entry that carries text.</summary>
public sealed record Message : Entry
{
    public required ClientMessageId ClientMessageId { get; init; }

    /// <summary>Absent once deleted.</summary>
    public string? Text { get; init; }

    /// <summary>The seq of the message that this one answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Members that the author named.</summary>
    public IReadOnlyList<Person>? Mentions { get; init; }

    /// <summary>When read back: the time of the last edit.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When read back: true once deleted.</summary>
    public bool? Deleted { get; init; }

    /// <summary>When read back: who reacted with what, in order of the first of each.</summary>
    public IReadOnlyList<Reaction>? Reactions { get; init; }
}

public sealed record Reaction(string Emoji, IReadOnlyList<Person> By);

/// <summary>An entry about an earlier one of the same conversation; invisible to whoever may not see that one.</summary>
public abstract record Amendment : Entry
{
    public required ClientMessageId ClientMessageId { get; init; }

    /// <summary>The seq of the message it is about.</summary>
    public required long Target { get; init; }
}

public sealed record Edited : Amendment
{
    /// <summary>Absent once the message was deleted.</summary>
    public string? Text { get; init; }
}

public sealed record Deleted : Amendment;

public sealed record Reacted : Amendment
{
    public required string Emoji { get; init; }
}

public sealed record Unreacted : Amendment
{
    public required string Emoji { get; init; }
}

/// <summary>Always seq 1.</summary>
public sealed record Started : Entry
{
    /// <summary>Those it began with, the author included.</summary>
    public required IReadOnlyList<Person> Members { get; init; }
    public string? Title { get; init; }
    public string? Name { get; init; }
    public ConversationId? ContinuedFrom { get; init; }
}

/// <summary>The author brought <see cref="Member"/> in; the two are the same where somebody joined an open conference.</summary>
public sealed record Joined : Entry
{
    public required Person Member { get; init; }

    /// <summary>The first seq that the newcomer may read, where history was shared.</summary>
    public long? FromSeq { get; init; }
}

/// <summary>The author left.</summary>
public sealed record Left : Entry;

/// <summary>The author put <see cref="Member"/> out.</summary>
public sealed record Removed : Entry
{
    public required Person Member { get; init; }
}

public sealed record RoleChanged : Entry
{
    public required Person Member { get; init; }
    public required Role Role { get; init; }
}

public sealed record Renamed : Entry
{
    /// <summary>Absent where the title was taken away.</summary>
    public string? Title { get; init; }
}
