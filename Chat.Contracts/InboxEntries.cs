using System.Text.Json.Serialization;

namespace Chat.Contracts;

/// <summary>One numbered item of a user's inbox: the transcript that the user's own devices share. Grows as <see cref="Entry"/> does.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(ConversationAdded), "conversationAdded")]
[JsonDerivedType(typeof(ConversationLeft), "conversationLeft")]
[JsonDerivedType(typeof(ConversationChanged), "conversationChanged")]
[JsonDerivedType(typeof(ReadMarked), "readMarked")]
[JsonDerivedType(typeof(ProfileEdited), "profileEdited")]
[JsonDerivedType(typeof(UserBlocked), "userBlocked")]
[JsonDerivedType(typeof(UserUnblocked), "userUnblocked")]
[JsonDerivedType(typeof(SessionsEnded), "sessionsEnded")]
public record InboxEntry
{
    public long Seq { get; init; }
    public DateTimeOffset SentAt { get; init; }
}

/// <summary>The user is now in a conversation, and hears it from <see cref="JoinedSeq"/> on.</summary>
/// <param name="FirstSeq">The lowest seq of it that the user may read.</param>
public sealed record ConversationAdded(ConversationId Conversation, long JoinedSeq, long FirstSeq) : InboxEntry;

/// <summary>The user left, or was put out, with the entry at <see cref="LeftSeq"/>.</summary>
public sealed record ConversationLeft(ConversationId Conversation, long LeftSeq) : InboxEntry;

/// <summary>The user's own settings of a conversation, as they are from here on.</summary>
public sealed record ConversationChanged(ConversationId Conversation, bool Pinned, bool Muted, bool Hidden) : InboxEntry;

public sealed record ReadMarked(ConversationId Conversation, long ReadSeq) : InboxEntry;

/// <summary>The user's own profile or choice of presence was changed.</summary>
public sealed record ProfileEdited(long Version) : InboxEntry;

public sealed record UserBlocked(Person Person) : InboxEntry;

public sealed record UserUnblocked(Person Person) : InboxEntry;

public sealed record SessionsEnded(IReadOnlyList<SessionId> Sessions, SessionEndReason Reason) : InboxEntry;
