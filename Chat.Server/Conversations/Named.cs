using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Conversations;

/// <summary>The user that a request means by a name.</summary>
internal static class Named
{
    public static async Task<UserId?> ActiveUser(Sql sql, string name) => Id(await sql.One(
        "SELECT id FROM chat_user WHERE user_name = @name AND deactivated_at IS NULL", row => row.GetString(0), ("name", ConferenceNames.Fold(name))));

    /// <summary>Deactivated or not.</summary>
    public static async Task<UserId?> MemberOf(Sql sql, ConversationId conversation, string name) => Id(await sql.One("""
        SELECT u.id FROM chat_user u
        JOIN membership s ON s.conversation_id = @conversation AND s.user_id = u.id AND s.left_seq IS NULL
        WHERE u.user_name = @name
        """, row => row.GetString(0), ("conversation", conversation), ("name", ConferenceNames.Fold(name))));

    private static UserId? Id(string? id) => id is null ? null : new UserId(id);
}
