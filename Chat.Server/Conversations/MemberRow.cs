using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Conversations;

/// <summary>A member as the tables say, and the statements that find members.</summary>
internal sealed record MemberRow(UserId User, Role Role, long ReadSeq)
{
    private const string Members = """
        SELECT s.user_id, m.role, m.read_seq
        FROM membership s JOIN member m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
        """;

    private const string Open = "WHERE s.conversation_id = @conversation AND s.left_seq IS NULL";

    // Everybody is a member of the Lobby by being a user: there is a row of settings, and no membership.
    private const string Everybody = """
        SELECT u.id, COALESCE(m.role, 'Member'), COALESCE(m.read_seq, 0)
        FROM chat_user u LEFT JOIN member m ON m.conversation_id = 'lobby' AND m.user_id = u.id
        WHERE u.deactivated_at IS NULL
        """;

    public const string First = $"{Members} {Open} ORDER BY s.joined_seq, s.user_id LIMIT @most";
    public const string Own = $"{Members} {Open} AND s.user_id = @me";
    public const string Page = $"{Members} JOIN chat_user u ON u.id = s.user_id {Open} AND u.user_name > @after ORDER BY u.user_name LIMIT @most";
    public const string All = $"SELECT s.user_id FROM membership s {Open}";

    // Ids of users are in order of their registration.
    public const string FirstOfLobby = $"{Everybody} ORDER BY u.id LIMIT @most";
    public const string OwnOfLobby = $"{Everybody} AND u.id = @me";
    public const string PageOfLobby = $"{Everybody} AND u.user_name > @after ORDER BY u.user_name LIMIT @most";
    public const string CountOfLobby = "SELECT COUNT(*) FROM chat_user u WHERE u.deactivated_at IS NULL";

    public static MemberRow From(DbDataReader row) => new(new(row.GetString(0)), row.Name<Role>(1), row.GetInt64(2));
}
