using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Users;

/// <summary>Who wants nothing from whom. The blocked one is never told; the blocker looks offline and cannot be found or invited.</summary>
internal sealed class Blocks(Database database, Transcript transcript, People people, PresenceBoard board, TimeProvider clock)
{
    public Task<Answer<Done>> Block(UserId caller, BlockUser request) => database.Write<Answer<Done>>(async sql =>
    {
        // Also one who blocked the caller: to block them back is nobody's secret.
        if (await Named.User(sql, request.UserName) is not { } user) return Refusal.NoSuchUser;
        if (user == caller) return Refusal.Invalid.Of("userName").Because("You cannot block yourself.");
        var blocked = await BlockedBy(sql, caller);
        if (blocked.Contains(user)) return Done.Value;
        if (blocked.Count >= Limits.BlockedUsers) return Refusal.LimitReached;

        var changed = await sql.Change("""
            INSERT INTO blocked (user_id, blocked_id, blocked_at) VALUES (@me, @user, @now) ON CONFLICT (user_id, blocked_id) DO NOTHING
            """, ("me", caller), ("user", user), ("now", clock.GetUtcNow()));
        if (changed > 0) await Tell(sql, caller, user, new UserBlocked(await people.Of(sql, user)));
        return Done.Value;
    });

    public Task<Answer<Done>> Unblock(UserId caller, UnblockUser request) => database.Write<Answer<Done>>(async sql =>
    {
        if (await Named.User(sql, request.UserName) is not { } user) return Refusal.NoSuchUser;

        var changed = await sql.Change("DELETE FROM blocked WHERE user_id = @me AND blocked_id = @user", ("me", caller), ("user", user));
        if (changed > 0) await Tell(sql, caller, user, new UserUnblocked(await people.Of(sql, user)));
        return Done.Value;
    });

    /// <summary>In the order of blocking.</summary>
    public Task<Answer<PersonPage>> List(UserId caller) => database.Read<Answer<PersonPage>>(async sql =>
    {
        var users = await BlockedBy(sql, caller);
        var person = await people.Of(sql, users);
        return new PersonPage([.. users.Select(person)]);
    });

    /// <summary>Whether either has blocked the other.</summary>
    public static Task<bool> Between(Sql sql, UserId one, UserId other) => sql.One("""
        SELECT 1 FROM blocked WHERE (user_id = @one AND blocked_id = @other) OR (user_id = @other AND blocked_id = @one) LIMIT 1
        """, _ => true, ("one", one), ("other", other));

    /// <summary>Those whom the user has blocked.</summary>
    public static Task<List<UserId>> BlockedBy(Sql sql, UserId user) => sql.Query(
        "SELECT blocked_id FROM blocked WHERE user_id = @user ORDER BY blocked_at, blocked_id", row => new UserId(row.GetString(0)), ("user", user));

    /// <summary>Those who have blocked the user.</summary>
    public static Task<List<UserId>> BlockersOf(Sql sql, UserId user) => sql.Query(
        "SELECT user_id FROM blocked WHERE blocked_id = @user", row => new UserId(row.GetString(0)), ("user", user));

    private async Task Tell(Sql sql, UserId caller, UserId user, InboxEntry entry)
    {
        await transcript.AppendToInbox(sql, caller, entry);
        sql.AfterCommit(() => board.LookAgain(at: caller, viewer: user));
    }
}
