using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Conversations;

/// <summary>A conversation with one user's settings in it.</summary>
/// <param name="Head">Of the transcript, whether the user may see that far or not.</param>
internal sealed record OwnRow(
    ConversationRow Conversation, long Head, DateTimeOffset LastAt, Role Role, long ReadSeq, bool Pinned, bool Muted, bool Hidden)
{
    public static Task<List<OwnRow>> Of(Sql sql, UserId user, string ids) => sql.Query($"""
        SELECT {ConversationRow.Columns}, t.head, t.last_at, COALESCE(m.role, 'Member'), COALESCE(m.read_seq, 0),
            COALESCE(m.pinned, 0), COALESCE(m.muted, 0), COALESCE(m.hidden, 0),
            CASE WHEN c.id = 'lobby' THEN ({MemberRow.CountOfLobby}) ELSE c.member_count END
        FROM conversation c JOIN transcript t ON t.id = c.id
        LEFT JOIN member m ON m.conversation_id = c.id AND m.user_id = @me
        WHERE {sql.Among("c.id", "@ids")}
        """, From, ("me", user), ("ids", ids));

    /// <summary>What is the user's to see, member or not.</summary>
    public Conversation Seen(IReadOnlyList<Member> members, int memberCount, long head) =>
        new(Conversation.Id, Conversation.Kind, members, memberCount, head, ReadSeq, Unread: 0, Mentions: 0)
        {
            Name = Conversation.OpenName,
            ContinuedFrom = Conversation.ContinuedFrom,
            Pinned = Pinned,
            Muted = Muted,
            Hidden = Hidden,
        };

    private static OwnRow From(DbDataReader row) => new(
        ConversationRow.From(row) with { MemberCount = row.GetInt64(14) },
        row.GetInt64(7), row.Time(8), row.Name<Role>(9), row.GetInt64(10), row.Yes(11), row.Yes(12), row.Yes(13));
}
