using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Login;

/// <summary>How somebody gets in: by registering, by a password, or by the token of a session.</summary>
internal sealed partial class Entrance(
    Database database, Registration registration, Passwords passwords, Attempts attempts, Sessions sessions, ProfileReader profiles,
    Connections connections, LobbySwitch lobby, ILogger<Entrance> logger)
{
    public async Task<Answer<Admitted>> Register(Register request, string address)
    {
        if (Greetings.Check(request, request.Device) is { } refusal) return refusal;
        var user = registration.Check(request);
        if (!user.Ok) return user.Refusal;
        if (PasswordRules.CheckNew(request.Password, user.Value.UserName, "password") is { } weak) return weak;
        if (attempts.BeginRegistration(address) is { Ticks: > 0 } wait) return Refusal.RateLimited.RetryAfter(wait);
        if (await database.Read(sql => Registration.IsTaken(sql, user.Value))) return Refusal.UserNameTaken.Of("userName");
        if (await passwords.Hash(request.Password) is not { } hash) return Refusal.ServerBusy;

        var admitted = await database.Write(async sql =>
            await registration.Enter(sql, user.Value, hash) is { } id ? await Begin(sql, id, request, request.Device) : null);
        if (admitted is null) return Refusal.UserNameTaken.Of("userName");
        attempts.LetIn(user.Value.UserName, address);
        Log.Registered(logger, admitted.User, admitted.SessionId);
        return admitted;
    }

    public async Task<Answer<Admitted>> LogIn(LogIn request, string address)
    {
        if (Greetings.Check(request, request.Device) is { } refusal) return refusal;
        if (PasswordRules.Check(request.Password, "password") is { } impossible) return impossible;
        var userName = UserNames.Fold(request.UserName) ?? ""; // no name, no user: as wrong as any other
        using var attempt = await attempts.BeginInTurn(userName, address);
        if (attempt.Wait > TimeSpan.Zero) return Refusal.RateLimited.RetryAfter(attempt.Wait);

        try
        {
            var answer = await LogIn(userName, request);
            if (answer.Ok) attempt.Succeeded();
            else if (answer.Refusal != Refusal.WrongCredentials) attempt.Undo();
            return answer;
        }
        catch
        {
            attempt.Undo(); // a fault of ours is no failure of theirs
            throw;
        }
    }

    /// <param name="request">Names the token, which is answered again, or leaves it to the cookie.</param>
    /// <param name="cookieToken">The token that came with the upgrade of a browser's connection.</param>
    public async Task<Answer<Admitted>> Resume(Resume request, string? cookieToken, string address)
    {
        if (Greetings.Check(request, device: null) is { } refusal) return refusal;
        if ((request.Token ?? cookieToken) is not { } token) return Refusal.NotLoggedIn;
        if (await sessions.Resume(token) is not { } session) return Refusal.SessionEnded;

        var me = await database.Read(sql => profiles.Own(sql, session.User));
        attempts.LetIn(me.UserName, address);
        Log.Resumed(logger, session.User, session.Id);
        return Admit(session, request.Token, me, request);
    }

    // Twice, because another log-in may renew the hash between the judging and the storing.
    private async Task<Answer<Admitted>> LogIn(string userName, LogIn request)
    {
        for (var turn = 1; turn <= 2; turn++)
        {
            var credentials = await database.Read(sql => Credentials.Of(sql, userName));
            var verdict = await passwords.Verify(credentials?.Hash, request.Password);
            if (verdict is null) return Refusal.ServerBusy;
            if (credentials is null or { Deactivated: true } || verdict == Verdict.Wrong) break;
            if (!connections.HaveRoomFor(credentials.User)) return Refusal.TooManyConnections; // before a session begins that nobody would use

            var renewed = verdict == Verdict.Outdated ? await passwords.Hash(request.Password) : null;
            var admitted = await database.Write(async sql =>
                await credentials.Replace(sql, renewed ?? credentials.Hash) ? await Begin(sql, credentials.User, request, request.Device) : null);
            if (admitted is null) continue;
            Log.LoggedIn(logger, admitted.User, admitted.SessionId);
            return admitted;
        }
        return Refusal.WrongCredentials;
    }

    private async Task<Admitted> Begin(Sql sql, UserId user, Greeting greeting, string? device)
    {
        var (session, token) = await sessions.Begin(sql, user, Greetings.Device(greeting, device));
        return Admit(session, token, await profiles.Own(sql, user), greeting);
    }

    // Whoever is being let in is here, though the board hears of the connection only now.
    private Admitted Admit(LiveSession session, string? token, Profile me, Greeting greeting) => new(
        session.User, session.Id,
        new(token, session.Id, session.ExpiresAt, me with { Presence = Presence.Online, LastSeen = null },
            lobby.IsOn ? Lobby.Id : null, Limits.Protocol, database.Epoch),
        Heartbeats.PatienceFor(greeting.HeartbeatMs));

    private static partial class Log
    {
        [LoggerMessage(720, LogLevel.Information, "{User} registered and began {Session}.")]
        public static partial void Registered(ILogger logger, UserId user, SessionId session);

        [LoggerMessage(721, LogLevel.Information, "{User} logged in and began {Session}.")]
        public static partial void LoggedIn(ILogger logger, UserId user, SessionId session);

        [LoggerMessage(722, LogLevel.Debug, "{User} resumed {Session}.")]
        public static partial void Resumed(ILogger logger, UserId user, SessionId session);
    }
}
