using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>Out of a conference: of one's own will, or put out by an owner. Nobody is kept in, and no conference is left without an owner.</summary>
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
