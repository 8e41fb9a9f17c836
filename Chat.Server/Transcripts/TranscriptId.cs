using Chat.Contracts;

namespace Chat.Server.Transcripts;

/// <summary>A transcript is found under the id of what it belongs to: a conversation, or the user whose inbox it is.</summary>
internal readonly record struct TranscriptId(string Value) : ITextId
{
    public static implicit operator TranscriptId(ConversationId conversation) => new(conversation.Value);

    public static TranscriptId InboxOf(UserId user) => new(user.Value);

    public override string ToString() => Value;
}
