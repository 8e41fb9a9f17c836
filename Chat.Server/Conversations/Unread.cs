using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Conversations;

/// <summary>
/// How much somebody has not read: derived from the transcript each time it is asked for, so that it cannot drift. Messages above the read
/// mark that are readable and not deleted, without one's own and those of users one blocked.
/// </summary>
internal sealed record Unread(int Messages, int Mentions)
{
    // A membership begins with its entry read, so all above the mark lies in the latest membership (r; in the Lobby there is none):
    // its two ends say what is readable once for the conversation, and not once for each entry.
    private const string Counted = """
        e.transcript_id = c.id AND e.seq > COALESCE(m.read_seq, 0) AND e.seq >= COALESCE(r.first_seq, 1) AND e.seq <= COALESCE(r.left_seq, t.head)
        AND e.kind = 'Message' AND e.deleted = 0 AND e.author_id <> @me
        AND e.author_id NOT IN (SELECT blocked_id FROM blocked WHERE user_id = @me)
        """;

    // Mentions are few and what is unread may be a million: CROSS JOIN tells SQLite which of the two to begin with.
    public static async Task<Dictionary<ConversationId, Unread>> Of(Sql sql, UserId viewer, string ids) => (await sql.Query($"""
        SELECT c.id,
            (SELECT COUNT(*) FROM (SELECT 1 FROM entry e WHERE {Counted} LIMIT @most) unread),
            (SELECT COUNT(*) FROM (
                SELECT 1 FROM mention n CROSS JOIN entry e
                WHERE n.user_id = @me AND n.transcript_id = c.id AND n.seq > COALESCE(m.read_seq, 0) AND e.seq = n.seq AND {Counted} LIMIT @most) mentioned)
        FROM conversation c JOIN transcript t ON t.id = c.id
        LEFT JOIN member m ON m.conversation_id = c.id AND m.user_id = @me
        LEFT JOIN membership r ON r.conversation_id = c.id AND r.user_id = @me
            AND r.joined_seq = (SELECT MAX(x.joined_seq) FROM membership x WHERE x.conversation_id = c.id AND x.user_id = @me)
        WHERE {sql.Among("c.id", "@ids")}
        """,
        row => (new ConversationId(row.GetString(0)), new Unread((int)row.GetInt64(1), (int)row.GetInt64(2))),
        ("me", viewer), ("most", Limits.UnreadCounted), ("ids", ids))).ToDictionary();
}
