using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Login;

/// <summary>What a log-in is judged by.</summary>
internal sealed record Credentials(UserId User, string UserName, string Hash, bool Deactivated)
{
    private const string Columns = "id, user_name, password_hash, CASE WHEN deactivated_at IS NULL THEN 0 ELSE 1 END";

    public static Task<Credentials?> Of(Sql sql, string userName) =>
        sql.One($"SELECT {Columns} FROM chat_user WHERE user_name = @userName", From, ("userName", userName));

    public static Task<Credentials?> Of(Sql sql, UserId user) => sql.One($"SELECT {Columns} FROM chat_user WHERE id = @id", From, ("id", user));

    /// <summary>Stores another hash (or the same) if nothing changed since; locks the user either way. False where something did.</summary>
    public async Task<bool> Replace(Sql sql, string hash) => await sql.Change(
        "UPDATE chat_user SET password_hash = @hash WHERE id = @id AND password_hash = @judged AND deactivated_at IS NULL",
        ("hash", hash), ("id", User), ("judged", Hash)) > 0;

    public override string ToString() => User.Value;

    private static Credentials From(DbDataReader row) => new(new(row.GetString(0)), row.GetString(1), row.GetString(2), row.Yes(3));
}
