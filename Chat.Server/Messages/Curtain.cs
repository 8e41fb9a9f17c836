using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// Between a conversation and those who do not see it in their list: the other side of a private chat without a message yet, and whoever
/// hid it. A message lifts it, but not for somebody who has blocked its author.
/// </summary>
internal static class Curtain
{
    public static async Task Lift(Sql sql, Transcript transcript, StoredEntry message)
    {
        ConversationId conversation = new(message.Transcript.Value);
        var told = await sql.Query("""
            UPDATE member SET told = 1, hidden = 0 WHERE conversation_id = @conversation AND told = 0
            AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = member.user_id AND b.blocked_id = @author)
            RETURNING user_id
            """, row => (User: new UserId(row.GetString(0)), Entry: (InboxEntry)new ConversationAdded(conversation, JoinedSeq: 1, FirstSeq: 1)),
            ("conversation", conversation), ("author", message.Author));
        var shown = await sql.Query("""
            UPDATE member SET hidden = 0 WHERE conversation_id = @conversation AND hidden = 1
            AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = member.user_id AND b.blocked_id = @author)
            RETURNING user_id, pinned, muted
            """, row => (User: new UserId(row.GetString(0)), Entry: (InboxEntry)new ConversationChanged(conversation, row.Yes(1), row.Yes(2), Hidden: false)),
            ("conversation", conversation), ("author", message.Author));

        // In the order of ids, as everywhere, so that two nodes never hold an inbox that the other waits for.
        foreach (var (user, entry) in told.Concat(shown).OrderBy(one => one.User.Value, StringComparer.Ordinal))
            await transcript.AppendToInbox(sql, user, entry);
    }
}
