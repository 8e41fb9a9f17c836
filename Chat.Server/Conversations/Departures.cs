using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>
/// Out of a conference: of one's own will, or put out by an owner. Nobody is kept in, and no conference is left without an owner, not even where the
/// only one is shut out of the service.
/// </summary>
internal sealed partial class Departures(Database database, Memberships memberships, Roster roster, TimeProvider clock, ILogger<Departures> logger)
{
    public Task<Answer<Done>> Leave(UserId caller, LeaveConference request) => database.Write<Answer<Done>>(async sql =>
    {
        var standing = await Standing.Of(sql, memberships, request.Conversation, caller);
        if (standing is null) return Refusal.NoSuchConversation;
        if (standing.IsLobby) return Refusal.LobbyStays;
        if (standing.Row.Kind == ConversationKind.PrivateChat) return Refusal.NotAConference;
        if (!standing.IsMember) return Done.Value;

        if (standing.IsOwner) await roster.HandOn(sql, request.Conversation, caller);
        await roster.Leave(sql, request.Conversation, caller);
        if (standing.Row.MemberCount == 1) await Archive(sql, request.Conversation);
        return Done.Value;
    });

    public Task<Answer<Done>> Remove(UserId caller, RemoveMember request) => database.Write<Answer<Done>>(async sql =>
    {
        if (Standing.NeedsOwner(await Standing.Of(sql, memberships, request.Conversation, caller)) is { } no) return no;
        if (await Named.MemberOf(sql, request.Conversation, request.UserName) is not { } member) return Refusal.NotAMember;
        if (member == caller) return Refusal.Invalid.Of("userName").Because("To go yourself, leave.");

        await roster.Remove(sql, request.Conversation, caller, member);
        return Done.Value;
    });

    /// <summary>
    /// Where nobody but this user, who cannot log in any more, is owner, the longest-standing member who can becomes one. The user stays what the user was.
    /// Conference by conference, since there may be thousands; repeatable.
    /// </summary>
    public async Task HandOn(string userName)
    {
        if (await database.Read(sql => Named.User(sql, userName)) is not { } user) return;
        foreach (var conference in await database.Read(sql => OwnedBeforeOthers(sql, user)))
        {
            await database.Write(async sql =>
            {
                if (await Standing.Of(sql, memberships, conference, user) is { IsOwner: true }) await roster.HandOn(sql, conference, user);
                return Done.Value;
            });
        }
    }

    // Where nobody is left who can log in, it stays as it is.
    private static Task<List<ConversationId>> OwnedBeforeOthers(Sql sql, UserId user) => sql.Query("""
        SELECT o.conversation_id FROM member o
        JOIN conversation c ON c.id = o.conversation_id AND c.kind = 'Conference'
        JOIN membership mine ON mine.conversation_id = o.conversation_id AND mine.user_id = o.user_id AND mine.left_seq IS NULL
        WHERE o.user_id = @user AND o.role = 'Owner' AND EXISTS (
            SELECT 1 FROM membership s JOIN chat_user u ON u.id = s.user_id AND u.deactivated_at IS NULL
            WHERE s.conversation_id = o.conversation_id AND s.left_seq IS NULL AND s.user_id <> @user)
        ORDER BY o.conversation_id
        """, row => new ConversationId(row.GetString(0)), ("user", user));

    // What was said stays for those who were there; the name is free for the next.
    private async Task Archive(Sql sql, ConversationId conversation)
    {
        await sql.Run("UPDATE conversation SET archived_at = @now, open_name = NULL WHERE id = @conversation",
            ("now", clock.GetUtcNow()), ("conversation", conversation));
        sql.AfterCommit(() => Log.Archived(logger, conversation));
    }

    private static partial class Log
    {
        [LoggerMessage(410, LogLevel.Information, "Conference {Conversation} has no members any more and was archived.")]
        public static partial void Archived(ILogger logger, ConversationId conversation);
    }
}
