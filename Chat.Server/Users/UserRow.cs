using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Users;

/// <summary>What a profile is made of, as the database holds it.</summary>
internal sealed record UserRow(
    UserId Id, string UserName, string DisplayName, string? About, string? TimeZone, string? Avatar, long Version, PresenceChoice Choice, bool HidesLastSeen)
{
    public const string Columns = "id, user_name, display_name, about, time_zone, avatar, version, presence_choice, hides_last_seen";

    public static UserRow From(DbDataReader row) => new(
        new(row.GetString(0)), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5),
        row.GetInt64(6), row.Name<PresenceChoice>(7), row.Yes(8));

    public static Task<UserRow?> Of(Sql sql, UserId user) => sql.One($"SELECT {Columns} FROM chat_user WHERE id = @id", From, ("id", user));
}
