using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Users;

/// <summary>The user that a request means by a name, however it is written.</summary>
internal static class Named
{
    /// <summary>Deactivated or not.</summary>
    public static Task<UserId?> User(Sql sql, string name) => Find(sql, "SELECT id FROM chat_user WHERE user_name = @name", name);

    public static Task<UserId?> ActiveUser(Sql sql, string name) =>
        Find(sql, "SELECT id FROM chat_user WHERE user_name = @name AND deactivated_at IS NULL", name);

    /// <summary>A member of a conversation, deactivated or not.</summary>
    public static Task<UserId?> MemberOf(Sql sql, ConversationId conversation, string name) => Find(sql, """
        SELECT u.id FROM chat_user u
        JOIN membership s ON s.conversation_id = @conversation AND s.user_id = u.id AND s.left_seq IS NULL
        WHERE u.user_name = @name
        """, name, ("conversation", conversation));

    private static async Task<UserId?> Find(Sql sql, string statement, string name, params (string, object?)[] more) =>
        UserNames.Fold(name) is { } folded && await sql.One(statement, row => row.GetString(0), [("name", folded), .. more]) is { } id ? new UserId(id) : null;
}
