using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// Between a conversation and those who do not see it in their list: the other side of a private chat without a message yet, and whoever
/// hid it. A message lifts it, but not for somebody who has left, or has blocked its author.
/// </summary>
internal static class Curtain
{
    public static async Task Lift(Sql sql, Transcript transcript, StoredEntry message)
    {
        ConversationId conversation = new(message.Transcript.Value);
        var behind = await sql.Query("""
            SELECT m.user_id, m.told, m.pinned, m.muted FROM member m WHERE m.conversation_id = @conversation AND (m.hidden = 1 OR m.told = 0)
            AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = m.user_id AND b.blocked_id = @author)
            AND (m.conversation_id = @lobby OR EXISTS (
                SELECT 1 FROM membership s WHERE s.conversation_id = m.conversation_id AND s.user_id = m.user_id AND s.left_seq IS NULL))
            ORDER BY m.user_id
            """, row => (User: new UserId(row.GetString(0)), Entry: News(conversation, row)),
            ("conversation", conversation), ("author", message.Author), ("lobby", Lobby.Id));

        // In the order of ids, as everywhere, so that two nodes never hold an inbox that the other waits for.
        foreach (var (user, entry) in behind)
        {
            await sql.Run("UPDATE member SET told = 1, hidden = 0 WHERE conversation_id = @conversation AND user_id = @user",
                ("conversation", conversation), ("user", user));
            await transcript.AppendToInbox(sql, user, entry);
        }
    }

    private static InboxEntry News(ConversationId conversation, DbDataReader row) => row.Yes(1)
        ? new ConversationChanged(conversation, row.Yes(2), row.Yes(3), Hidden: false)
        : new ConversationAdded(conversation, JoinedSeq: 1, FirstSeq: 1);
}
