using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts;

/// <summary>
/// A stretch of a conversation's transcript: each seq from <see cref="From"/> to <see cref="To"/> is either among the entries or in a hole.
/// </summary>
public sealed record EntryBatch(
    ConversationId Conversation, string Epoch, long From, long To, IReadOnlyList<Entry> Entries, IReadOnlyList<Hole> Holes);

/// <summary>The same for the caller's inbox.</summary>
public sealed record InboxBatch(string Epoch, long From, long To, IReadOnlyList<InboxEntry> Entries);

/// <summary>Shown for at most 5 seconds, or until the person's next message.</summary>
public sealed record TypingNotice(ConversationId Conversation, Person Person);

public sealed record PresenceNotice(Person Person, Presence Presence, DateTimeOffset? LastSeen);

/// <summary>How far another member has read.</summary>
public sealed record ReadNotice(ConversationId Conversation, Person Person, long ReadSeq);

public sealed record Announcement(string Text, Person Author, DateTimeOffset SentAt);

[JsonConverter(typeof(CamelCaseEnumConverter<SessionEndReason>))]
public enum SessionEndReason { LoggedOut, Ended, PasswordChanged, Expired, Deactivated }

public sealed record SessionEnd(SessionEndReason Reason);

/// <param name="ReconnectAfterMs">When this client should come back; spread over clients, so that they do not come all at once.</param>
public sealed record Closing(long ReconnectAfterMs);
