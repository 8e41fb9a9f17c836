using Chat.Contracts;

namespace Chat.Client;

/// <summary>Where something sent is stored: on disk, once, for every member to see.</summary>
/// <param name="Seq">Its place in the conversation.</param>
/// <param name="SentAt">Server clock, UTC, whole milliseconds.</param>
/// <param name="ClientMessageId">What its entry carries, so that the sender knows it again.</param>
public sealed record Stored(ConversationId Conversation, long Seq, DateTimeOffset SentAt, ClientMessageId ClientMessageId);
