using Chat.Contracts.Json;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Microsoft.Extensions.Options;

namespace Chat.Server.Conversations;

/// <summary>
/// Any member of a conference may bring others in. A private chat stays with its two: inviting there begins a new conference that can read nothing of it.
/// </summary>
internal sealed class Invitations(
    Database database, Memberships memberships, Roster roster, Founding founding, ConversationReader reader, IOptions<ConversationOptions> options)
{
    private readonly int _mostMembers = options.Value.MembersPerConference;

    public async Task<Answer<ConferenceStarted>> Invite(UserId caller, Invite request)
    {
        if (Operation.Check(request.OperationId) is { } badId) return badId;
        if (request.UserNames.Count == 0) return Refusal.Invalid.Of("userNames");
        if (Guests.Check(request.UserNames, "userNames") is { } badGuests) return badGuests;
        if (!Enum.IsDefined(request.History)) return Refusal.Invalid.Of("history");
        if (request.FromSeq is null == (request.History == SharedHistory.FromSeq) || request.FromSeq < 1) return Refusal.Invalid.Of("fromSeq");

        var operation = Operation.Of(caller, request.OperationId, request, ChatJson.Default.Invite);
        return await database.Write<Answer<ConferenceStarted>>(async sql =>
        {
            if (await operation.Earlier(sql, reader) is { } earlier) return earlier;
            var standing = await Standing.Of(sql, memberships, request.Conversation, caller);
            if (standing is not { IsMember: true }) return Refusal.NoSuchConversation;
            if (standing.IsLobby) return Refusal.LobbyStays;

            return standing.Row.Kind == ConversationKind.PrivateChat
                ? await GoOn(sql, standing, operation, request)
                : await Add(sql, standing, operation, request);
        });
    }

    private async Task<Answer<ConferenceStarted>> Add(Sql sql, Standing standing, Operation operation, Invite request)
    {
        if (request.History != SharedHistory.None && !standing.IsOwner) return Refusal.Forbidden;
        if (Sharable(standing, request) is not { } shared) return Refusal.Invalid.Of("fromSeq").Because("You can share only what you can read.");
        var conference = standing.Row;
        var guests = await Guests.Of(sql, operation.Caller, request.UserNames, conference.Id);
        if (conference.MemberCount + guests.Added.Count > _mostMembers) return Refusal.LimitReached.Because($"A conference has at most {_mostMembers} members.");
        if (!await operation.Claim(sql, conference.Id, guests.Results)) return (await operation.Earlier(sql, reader))!;

        long? firstSeq = shared <= await Transcript.Head(sql, conference.Id) ? shared : null;
        foreach (var guest in guests.Added.OrderBy(guest => guest.Value, StringComparer.Ordinal))
            await roster.Join(sql, conference.Id, operation.Caller, guest, firstSeq);
        return new ConferenceStarted((await reader.One(sql, operation.Caller, conference.Id))!, guests.Results);
    }

    /// <summary>
    /// From where the newcomers may read; null where it is not for the inviter to share. An open conference hides nothing from whoever is in it.
    /// Elsewhere nobody shares more than they can read, or a second account would show an owner what was said before the owner came.
    /// </summary>
    private static long? Sharable(Standing standing, Invite request)
    {
        if (standing.Row.OpenName is not null) return 1;
        var from = standing.Visible.UnbrokenFrom;
        return request.History switch
        {
            SharedHistory.All => from,
            SharedHistory.FromSeq => request.FromSeq >= from ? request.FromSeq : null,
            _ => long.MaxValue,
        };
    }

    private async Task<Answer<ConferenceStarted>> GoOn(Sql sql, Standing standing, Operation operation, Invite request)
    {
        if (request.History != SharedHistory.None) return Refusal.Invalid.Of("history").Because("The history of a private chat stays with its two.");
        var two = await sql.Query("""
            SELECT s.user_id, u.deactivated_at FROM membership s JOIN chat_user u ON u.id = s.user_id
            WHERE s.conversation_id = @chat AND s.left_seq IS NULL ORDER BY s.user_id
            """, row => (User: new UserId(row.GetString(0)), Active: row.IsDBNull(1)), ("chat", standing.Row.Id));
        foreach (var (other, active) in two.Where(member => member.User != operation.Caller))
            if (!active || await Blocks.Between(sql, operation.Caller, other)) return Refusal.Unavailable;
        var guests = await Guests.Of(sql, operation.Caller, request.UserNames, standing.Row.Id);
        if (guests.Added.Count == 0) return Refusal.Invalid.Of("userNames").Because("None of these can be invited.");

        var founders = two.Select(member => member.User).OrderByDescending(user => user == operation.Caller);
        return await founding.Found(sql, new(operation, [.. founders, .. guests.Added], guests.Results) { ContinuedFrom = standing.Row.Id });
    }
}
