using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Conversations;

/// <param name="LastSeen">Absent where the user hides it.</param>
/// <param name="BlocksViewer">Whether this one blocked <c>@me</c>.</param>
internal sealed record MemberRow(UserId User, Role Role, long ReadSeq, DateTimeOffset? LastSeen, bool BlocksViewer)
{
    private const string Blocks = "(SELECT COUNT(*) FROM blocked b WHERE b.user_id = u.id AND b.blocked_id = @me)";
    private const string Columns = $"""
        SELECT u.id, COALESCE(m.role, 'Member'), COALESCE(m.read_seq, 0), CASE WHEN u.hides_last_seen = 1 THEN NULL ELSE u.last_seen END, {Blocks}
        """;

    private const string Members = """
        FROM membership s JOIN chat_user u ON u.id = s.user_id
        LEFT JOIN member m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
        WHERE s.conversation_id = @conversation AND s.left_seq IS NULL
        """;

    // Everybody is a member of the Lobby by being a user.
    private const string Everybody = """
        FROM chat_user u LEFT JOIN member m ON m.conversation_id = 'lobby' AND m.user_id = u.id
        WHERE u.deactivated_at IS NULL
        """;

    public const string First = $"{Columns} {Members} ORDER BY s.joined_seq, s.user_id LIMIT @most";
    public const string Own = $"{Columns} {Members} AND s.user_id = @me";
    public const string Page = $"{Columns} {Members} AND u.user_name > @after ORDER BY u.user_name LIMIT @most";
    public const string All = $"SELECT u.id, {Blocks} {Members}";

    // Ids of users are in order of their registration.
    public const string FirstOfLobby = $"{Columns} {Everybody} ORDER BY u.id LIMIT @most";
    public const string OwnOfLobby = $"{Columns} {Everybody} AND u.id = @me";
    public const string PageOfLobby = $"{Columns} {Everybody} AND u.user_name > @after ORDER BY u.user_name LIMIT @most";
    public const string AllOfLobby = $"SELECT u.id, {Blocks} {Everybody}";

    public static MemberRow From(DbDataReader row) => new(new(row.GetString(0)), row.Name<Role>(1), row.GetInt64(2), row.TimeOrNull(3), row.Yes(4));

    public static (UserId User, bool Shown) Shown(DbDataReader row) => (new(row.GetString(0)), !row.Yes(1));
}
