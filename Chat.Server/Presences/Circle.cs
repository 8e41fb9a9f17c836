using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Presences;

/// <summary>
/// The others who share a conversation with a user and may be told about the user: not those whom the user blocked, and not the other side
/// of a private chat that was not told of it yet.
/// </summary>
internal static class Circle
{
    /// <summary>Those who share a conversation of at most <paramref name="mostMembers"/> members.</summary>
    public static async Task<List<UserId>> Of(Sql sql, UserId user, int mostMembers, bool lobby)
    {
        if (lobby && await Lobby.CountUpTo(sql, mostMembers + 1) <= mostMembers) return await Everybody(sql, user);

        return await sql.Query("""
            SELECT DISTINCT o.user_id FROM membership m
            JOIN conversation c ON c.id = m.conversation_id AND c.member_count <= @most
            JOIN membership o ON o.conversation_id = m.conversation_id AND o.left_seq IS NULL AND o.user_id <> m.user_id
            WHERE m.user_id = @user AND m.left_seq IS NULL
            AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = @user AND b.blocked_id = o.user_id)
            AND NOT EXISTS (SELECT 1 FROM member t WHERE t.conversation_id = o.conversation_id AND t.user_id = o.user_id AND t.told = 0)
            """, row => new UserId(row.GetString(0)), ("most", mostMembers), ("user", user));
    }

    private static Task<List<UserId>> Everybody(Sql sql, UserId user) => sql.Query("""
        SELECT u.id FROM chat_user u WHERE u.deactivated_at IS NULL AND u.id <> @user
        AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = @user AND b.blocked_id = u.id)
        """, row => new UserId(row.GetString(0)), ("user", user));
}
