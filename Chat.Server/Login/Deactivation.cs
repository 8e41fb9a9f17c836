using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Users;

namespace Chat.Server.Login;

/// <summary>Administrators shut users out and let them in again. What the user wrote, and where the user is a member, stays.</summary>
internal sealed partial class Deactivation(
    Database database, Administrators administrators, Sessions sessions, TimeProvider clock, ILogger<Deactivation> logger)
{
    /// <summary>Repeatable.</summary>
    public Task<Answer<Done>> Deactivate(UserId caller, DeactivateUser request) => database.Write<Answer<Done>>(async sql =>
    {
        if (!await administrators.Include(sql, caller)) return Refusal.Forbidden;
        if (await Named.User(sql, request.UserName) is not { } user) return Refusal.NoSuchUser;
        if (user == caller) return Refusal.Invalid.Of("userName").Because("You cannot deactivate yourself.");

        await sql.Run("UPDATE chat_user SET deactivated_at = @now WHERE id = @id AND deactivated_at IS NULL", ("now", clock.GetUtcNow()), ("id", user));
        await sessions.EndAll(sql, user, SessionEndReason.Deactivated);
        sql.AfterCommit(() => Log.Deactivated(logger, caller, user));
        return Done.Value;
    });

    /// <summary>Repeatable.</summary>
    public Task<Answer<Done>> Reactivate(UserId caller, ReactivateUser request) => database.Write<Answer<Done>>(async sql =>
    {
        if (!await administrators.Include(sql, caller)) return Refusal.Forbidden;
        if (await Named.User(sql, request.UserName) is not { } user) return Refusal.NoSuchUser;

        await sql.Run("UPDATE chat_user SET deactivated_at = NULL WHERE id = @id", ("id", user));
        sql.AfterCommit(() => Log.Reactivated(logger, caller, user));
        return Done.Value;
    });

    private static partial class Log
    {
        [LoggerMessage(740, LogLevel.Information, "{Administrator} deactivated {User}.")]
        public static partial void Deactivated(ILogger logger, UserId administrator, UserId user);

        [LoggerMessage(741, LogLevel.Information, "{Administrator} reactivated {User}.")]
        public static partial void Reactivated(ILogger logger, UserId administrator, UserId user);
    }
}
