using Chat.Contracts;

namespace Chat.Server.Transcripts;

/// <summary>A transcript is found under the id of what it belongs to: a conversation, or the user whose inbox it is.</summary>
internal readonly record struct TranscriptId(string Value) : ITextId
{
    public static implicit operator TranscriptId(ConversationId conversation) => new(conversation.Value);

    public static TranscriptId InboxOf(UserId user) => new(user.Value);

    /// <summary>Whose inbox it is; the ids of users begin with a letter of their own.</summary>
    public UserId? User => Value.StartsWith('u') ? new(Value) : null;

    public override string ToString() => Value;
}
