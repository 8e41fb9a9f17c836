using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Conversations;

/// <summary>Who of some users and the caller blocked the other; a JSON array of user ids says which users.</summary>
internal static class Blocks
{
    public static async Task<HashSet<UserId>> EitherWay(Sql sql, UserId caller, string ids) => [.. await sql.Query($"""
        SELECT blocked_id FROM blocked WHERE user_id = @me AND {sql.Among("blocked_id", "@ids")}
        UNION SELECT user_id FROM blocked WHERE blocked_id = @me AND {sql.Among("user_id", "@ids")}
        """, row => new UserId(row.GetString(0)), ("me", caller), ("ids", ids))];

    public static async Task<bool> Between(Sql sql, UserId caller, UserId other) => await sql.One("""
        SELECT 1 FROM blocked WHERE (user_id = @me AND blocked_id = @other) OR (user_id = @other AND blocked_id = @me) LIMIT 1
        """, _ => true, ("me", caller), ("other", other));
}
