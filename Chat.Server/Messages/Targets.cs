using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>The message that somebody wants to do something about.</summary>
internal static class Targets
{
    /// <summary>Only a member may do something about a message, and only about one that the member may read, deleted or not.</summary>
    public static async Task<Answer<StoredEntry>> Message(this Memberships memberships, Sql sql, UserId caller, ConversationId conversation, long seq)
    {
        if (await memberships.Of(sql, conversation, caller) is not { IsOpen: true } visible) return Refusal.NoSuchConversation;
        if (!visible.Sees(seq)) return Refusal.NoSuchMessage;
        return await Transcript.At(sql, conversation, seq) is { Kind: EntryKind.Message } message ? message : Refusal.NoSuchMessage;
    }
}
