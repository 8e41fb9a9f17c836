using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Messages;

/// <summary>
/// The members who hear nothing of what somebody does in passing, typing or reading: the user's own devices, those whom the user blocked,
/// and the other side of a private chat that does not know of it yet.
/// </summary>
internal static class Deaf
{
    public static async Task<List<UserId>> To(Sql sql, UserId user, ConversationId conversation) =>
    [
        user,
        .. await sql.Query("""
            SELECT blocked_id FROM blocked WHERE user_id = @user
            UNION SELECT user_id FROM member WHERE conversation_id = @conversation AND told = 0
            """, row => new UserId(row.GetString(0)), ("user", user), ("conversation", conversation)),
    ];
}
