using System.Data.Common;
using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Options;

namespace Chat.Server.Login;

/// <summary>
/// What log-ins create. It promises:
/// 1. whoever ends a session is answered after it ended durably and its connections on this node were told to close;
/// 2. other nodes hear of it by <see cref="SessionsEnded"/> in the user's inbox;
/// 3. a user has at most <see cref="Limits.SessionsPerUser"/>; one more ends the one that was unused the longest;
/// 4. a session in use does not expire: each <see cref="Resume"/> moves its end away, and so does a connection that stays.
/// </summary>
internal sealed partial class Sessions(
    Database database, Transcript transcript, EndConnections endConnections, EndAllConnections endAllConnections, TimeProvider clock,
    IOptions<LoginOptions> options, ILogger<Sessions> logger)
{
    private const int ExpiredAtOnce = 500;
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);

    private readonly TimeSpan _lifetime = TimeSpan.FromDays(options.Value.SessionDays);

    /// <summary>The token is the only proof of the session, and is stored nowhere.</summary>
    public async Task<(LiveSession Session, string Token)> Begin(Sql sql, UserId user, string? device)
    {
        var now = clock.GetUtcNow();
        var token = Tokens.New();
        LiveSession session = new(new("s" + Guid.CreateVersion7(now).ToString("N")), user, now + _lifetime);
        await sql.Run("""
            INSERT INTO session (id, user_id, token_hash, device, created_at, last_used_at, expires_at)
            VALUES (@id, @user, @tokenHash, @device, @now, @now, @expiresAt)
            """,
            ("id", session.Id), ("user", user), ("tokenHash", Tokens.Hash(token)), ("device", device), ("now", now), ("expiresAt", session.ExpiresAt));
        await Ended(sql, user, SessionEndReason.Ended, await sql.Query("""
            UPDATE session SET ended_at = @now, end_reason = @reason WHERE id IN (
                SELECT id FROM session WHERE user_id = @user AND ended_at IS NULL AND id <> @new ORDER BY last_used_at DESC, id DESC LIMIT 500 OFFSET @most)
            RETURNING id
            """, Id, ("now", now), ("reason", SessionEndReason.Ended), ("user", user), ("new", session.Id), ("most", Limits.SessionsPerUser - 1)));
        return (session, token);
    }

    /// <summary>The session that a token proves, its end moved away; null where there is none, or none any more.</summary>
    public async Task<LiveSession?> Resume(string token)
    {
        if (Tokens.Hash(token) is not { } hash) return null;
        var now = clock.GetUtcNow();
        var found = await database.Read(sql => sql.One("""
            SELECT s.id, s.user_id, s.expires_at, s.last_used_at FROM session s JOIN chat_user u ON u.id = s.user_id
            WHERE s.token_hash = @hash AND s.ended_at IS NULL AND s.expires_at > @now AND u.deactivated_at IS NULL
            """, row => (Session: new LiveSession(new(row.GetString(0)), new(row.GetString(1)), row.Time(2)), LastUsedAt: row.Time(3)),
            ("hash", hash), ("now", now)));
        if (found.Session is not { } session || found.LastUsedAt > now - RenewedAfter) return found.Session;

        var (renewed, expiresAt) = await Renew([session.Id]);
        return renewed.Count == 0 ? null : session with { ExpiresAt = expiresAt };
    }

    /// <summary>Whether a session that expires then was last used so long ago that its end is moved away when it is used.</summary>
    public bool IsToBeRenewed(DateTimeOffset expiresAt) => expiresAt < clock.GetUtcNow() + _lifetime - RenewedAfter;

    /// <summary>Moves the ends of sessions away that are in use; those that have ended are left out of the answer.</summary>
    public async Task<(HashSet<SessionId> Renewed, DateTimeOffset ExpiresAt)> Renew(IEnumerable<SessionId> used)
    {
        var now = clock.GetUtcNow();
        var renewed = await database.Write(sql => sql.Query(
            $"UPDATE session SET last_used_at = @now, expires_at = @expiresAt WHERE {sql.Among("id", "@used")} AND ended_at IS NULL RETURNING id",
            Id, ("now", now), ("expiresAt", now + _lifetime), ("used", JsonSerializer.Serialize(used.Select(session => session.Value)))));
        return ([.. renewed], now + _lifetime);
    }

    /// <summary>Whether a token proves a session.</summary>
    public async Task<bool> Holds(string token) => await Resume(token) is not null;

    /// <summary>
    /// Whether a session still holds. A connection asks once after it can be found by <see cref="EndConnections"/> and hears of the user's inbox:
    /// a session that ended between its resuming and that moment would be missed otherwise.
    /// </summary>
    public Task<bool> IsLive(Sql sql, SessionId session) => sql.One(
        "SELECT 1 FROM session WHERE id = @id AND ended_at IS NULL AND expires_at > @now", _ => true, ("id", session), ("now", clock.GetUtcNow()));

    public Task<Answer<SessionPage>> List(UserId caller, SessionId current) => database.Read<Answer<SessionPage>>(async sql =>
        new SessionPage(await sql.Query("""
            SELECT id, device, created_at, last_used_at, expires_at FROM session
            WHERE user_id = @me AND ended_at IS NULL AND expires_at > @now ORDER BY last_used_at DESC, id DESC
            """, row => new SessionRow(Id(row), row.TextOrNull(1), row.Time(2), row.Time(3), row.Time(4), Id(row) == current),
            ("me", caller), ("now", clock.GetUtcNow()))));

    /// <summary>Repeatable.</summary>
    public Task<Answer<Done>> LogOut(UserId caller, SessionId current, LogOut request) => database.Write<Answer<Done>>(async sql =>
    {
        if (request.Everywhere) await EndAll(sql, caller, SessionEndReason.LoggedOut);
        else await EndOne(sql, caller, current, SessionEndReason.LoggedOut);
        return Done.Value;
    });

    /// <summary>Repeatable: one that has ended already stays so.</summary>
    public Task<Answer<Done>> End(UserId caller, EndSession request) => database.Write<Answer<Done>>(async sql =>
    {
        var known = await sql.One("SELECT 1 FROM session WHERE id = @id AND user_id = @me", _ => true, ("id", request.SessionId), ("me", caller));
        if (!known) return Refusal.NoSuchSession;

        await EndOne(sql, caller, request.SessionId, SessionEndReason.Ended);
        return Done.Value;
    });

    /// <summary>Ends every session of a user but perhaps one.</summary>
    public async Task EndAll(Sql sql, UserId user, SessionEndReason reason, SessionId? except = null)
    {
        // Not only those that end now: a try before may have ended them without this node knowing it, its outcome unknown.
        sql.AfterCommit(() => endAllConnections(user, except, reason));
        await Ended(sql, user, reason, await sql.Query("""
            UPDATE session SET ended_at = @now, end_reason = @reason WHERE user_id = @user AND ended_at IS NULL AND id <> @except RETURNING id
            """, Id, ("now", clock.GetUtcNow()), ("reason", reason), ("user", user), ("except", except?.Value ?? "")));
    }

    /// <summary>Ends what has expired, some at a time, and forgets what ended long ago. Answers whether there may be more.</summary>
    public Task<bool> EndExpired() => database.Write(async sql =>
    {
        var now = clock.GetUtcNow();
        await sql.Change("DELETE FROM session WHERE ended_at < @longAgo", ("longAgo", now - KeptAfterEnd)); // as many as there are: it has its time for itself
        var expired = await sql.Query("""
            UPDATE session SET ended_at = @now, end_reason = @reason WHERE id IN (
                SELECT id FROM session WHERE ended_at IS NULL AND expires_at <= @now ORDER BY expires_at LIMIT @most)
            RETURNING id, user_id
            """, row => (Id: Id(row), User: new UserId(row.GetString(1))),
            ("now", now), ("reason", SessionEndReason.Expired), ("most", ExpiredAtOnce));
        foreach (var user in expired.GroupBy(session => session.User, session => session.Id).OrderBy(user => user.Key.Value, StringComparer.Ordinal))
        {
            await Ended(sql, user.Key, SessionEndReason.Expired, [.. user]);
        }
        return expired.Count == ExpiredAtOnce;
    });

    private async Task EndOne(Sql sql, UserId user, SessionId session, SessionEndReason reason)
    {
        var ended = await sql.Query("""
            UPDATE session SET ended_at = @now, end_reason = @reason WHERE id = @id AND user_id = @user AND ended_at IS NULL RETURNING id
            """, Id, ("now", clock.GetUtcNow()), ("reason", reason), ("id", session), ("user", user));
        // A try before may have ended it without this node knowing it, its outcome unknown: then nobody here was closed.
        if (ended.Count == 0) sql.AfterCommit(() => endConnections([session], reason));
        await Ended(sql, user, reason, ended);
    }

    private async Task Ended(Sql sql, UserId user, SessionEndReason reason, List<SessionId> sessions)
    {
        if (sessions.Count == 0) return;
        await transcript.AppendToInbox(sql, user, new SessionsEnded(sessions, reason));
        sql.AfterCommit(() =>
        {
            Log.Ended(logger, sessions.Count, user, reason);
            endConnections(sessions, reason);
        });
    }

    private static SessionId Id(DbDataReader row) => new(row.GetString(0));

    private static partial class Log
    {
        [LoggerMessage(700, LogLevel.Information, "{Count} sessions of {User} ended: {Reason}.")]
        public static partial void Ended(ILogger logger, int count, UserId user, SessionEndReason reason);
    }
}

internal sealed record LiveSession(SessionId Id, UserId User, DateTimeOffset ExpiresAt);
