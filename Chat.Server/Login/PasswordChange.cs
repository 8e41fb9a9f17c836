using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Login;

/// <summary>Another password, and the end of every session but the one that asks.</summary>
internal sealed partial class PasswordChange(Database database, Passwords passwords, Attempts attempts, Sessions sessions, ILogger<PasswordChange> logger)
{
    public async Task<Answer<Done>> Change(UserId caller, SessionId session, ChangePassword request, string address)
    {
        if (PasswordRules.Check(request.Current, "current") is { } impossible) return impossible;
        if (await database.Read(sql => Credentials.Of(sql, caller)) is not { } credentials) return Refusal.NotLoggedIn;
        if (PasswordRules.CheckNew(request.New, credentials.UserName, "new") is { } weak) return weak;
        if (request.New == request.Current) return Refusal.Invalid.Of("new").Because("The new password is the current one.");
        using var attempt = await attempts.BeginInTurn(credentials.UserName, address); // a stolen session is no place to guess at leisure
        if (attempt.Wait > TimeSpan.Zero) return Refusal.RateLimited.RetryAfter(attempt.Wait);

        switch (await passwords.Verify(credentials.Hash, request.Current))
        {
            case null:
                attempt.Undo();
                return Refusal.ServerBusy;
            case Verdict.Wrong:
                return Refusal.WrongCredentials.Of("current");
        }
        attempt.Succeeded();
        if (await passwords.Hash(request.New) is not { } hash) return Refusal.ServerBusy;

        return await database.Write<Answer<Done>>(async sql =>
        {
            if (!await sessions.IsLive(sql, session)) return Refusal.SessionEnded;
            if (!await credentials.Replace(sql, hash)) return Refusal.WrongCredentials.Of("current");

            await sessions.EndAll(sql, caller, SessionEndReason.PasswordChanged, except: session);
            sql.AfterCommit(() => Log.Changed(logger, caller, session));
            return Done.Value;
        });
    }

    private static partial class Log
    {
        [LoggerMessage(730, LogLevel.Information, "{User} changed the password in {Session}.")]
        public static partial void Changed(ILogger logger, UserId user, SessionId session);
    }
}
