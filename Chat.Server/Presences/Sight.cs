using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Presences;

/// <summary>What one user sees of another's presence.</summary>
/// <param name="LastSeen">Absent while online or away, and where it is hidden.</param>
internal readonly record struct Seen(Presence Presence, DateTimeOffset? LastSeen)
{
    public static readonly Seen Nothing = new(Presence.Offline, null);
}

/// <summary>
/// How present users look to a viewer; the one rule, for profiles, members and notices: who blocked the viewer looks offline, since nobody
/// knows when; who is invisible looks offline; the time of leaving shows only where it is not hidden.
/// </summary>
internal sealed class Sight(PresenceBoard board)
{
    /// <summary>A viewer whom nobody blocked.</summary>
    public static readonly UserId Anybody = new("");

    /// <summary>Looks at some users; the answer tells of any of those.</summary>
    public async Task<Func<UserId, Seen>> Of(Sql sql, UserId viewer, IEnumerable<UserId> users)
    {
        var seen = (await sql.Query($"""
            SELECT u.id, u.last_seen, u.hides_last_seen,
                CASE WHEN EXISTS (SELECT 1 FROM blocked b WHERE b.user_id = u.id AND b.blocked_id = @viewer) THEN 1 ELSE 0 END
            FROM chat_user u WHERE {sql.Among("u.id", "@users")}
            """,
            row => (Id: new UserId(row.GetString(0)), LastSeen: row.TimeOrNull(1), Hides: row.Yes(2), Blocks: row.Yes(3)),
            ("viewer", viewer), ("users", JsonSerializer.Serialize(users.Select(user => user.Value)))))
            .ToDictionary(row => row.Id, row => row.Blocks ? Seen.Nothing : Look(viewer, row.Id, row.Hides ? null : row.LastSeen));
        return user => seen.GetValueOrDefault(user, Seen.Nothing);
    }

    private Seen Look(UserId viewer, UserId user, DateTimeOffset? lastSeen)
    {
        var presence = viewer == user ? board.OfOneself(user) : board.Of(user);
        return new(presence, presence == Presence.Offline ? lastSeen : null);
    }
}
