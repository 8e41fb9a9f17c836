using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Microsoft.Extensions.Options;

namespace Chat.Server.Conversations;

/// <summary>Conferences that anybody may find by their name and join; whoever does reads all that was said.</summary>
internal sealed class OpenConferences(
    Database database, Memberships memberships, Roster roster, ConversationReader reader, LobbySwitch lobby, IOptions<ConversationOptions> options)
{
    // Sorts behind every character that a name may have.
    private const string AfterAnyLetter = "{";

    private readonly int _mostMembers = options.Value.MembersPerConference;

    public async Task<Answer<OpenConferencePage>> List(UserId caller, ListOpenConferences request)
    {
        if (PageSize.Check(request.Limit, out var limit) is { } badLimit) return badLimit;
        var after = request.After is null ? "" : UserNames.Fold(request.After);
        if (after is null) return Refusal.Invalid.Of("after");
        if (ConferenceNames.Prefix(request.Text) is not { } prefix) return new OpenConferencePage([], null);

        return await database.Read<Answer<OpenConferencePage>>(async sql =>
        {
            var found = await sql.Query($"""
                SELECT c.id, c.open_name, c.title,
                    CASE WHEN c.id = 'lobby' THEN ({MemberRow.CountOfLobby}) ELSE c.member_count END,
                    CASE WHEN c.id = 'lobby' THEN 1 ELSE (
                        SELECT COUNT(*) FROM membership s WHERE s.conversation_id = c.id AND s.user_id = @me AND s.left_seq IS NULL) END
                FROM conversation c
                WHERE c.open_name >= @prefix AND c.open_name < @end AND c.open_name > @after AND (c.id <> 'lobby' OR @lobby = 1)
                ORDER BY c.open_name LIMIT @limit
                """,
                row => new OpenConference(new(row.GetString(0)), row.GetString(1), row.TextOrNull(2), (int)row.GetInt64(3), row.Yes(4)),
                ("me", caller), ("prefix", prefix), ("end", prefix + AfterAnyLetter), ("after", after), ("lobby", lobby.IsOn), ("limit", limit + 1));
            return new OpenConferencePage([.. found.Take(limit)], found.Count > limit ? found[limit - 1].Name : null);
        });
    }

    public async Task<Answer<Conversation>> Join(UserId caller, JoinConference request)
    {
        if (request.Conversation is null == request.Name is null) return Refusal.Invalid.Of("name").Because("Say either the conversation or its name.");

        return await database.Write<Answer<Conversation>>(async sql =>
        {
            if (await Meant(sql, request) is not { } conference) return Refusal.NoSuchConversation;
            if (!await memberships.Has(sql, conference, caller) && await Enter(sql, conference, caller) is { } no) return no;
            return (await reader.One(sql, caller, conference))!;
        });
    }

    private async Task<Refusal?> Enter(Sql sql, ConversationId conference, UserId caller)
    {
        // The Lobby that is switched off; and what is not open is nothing that could be known to be there.
        if (conference == Lobby.Id || await ConversationRow.Find(sql, conference) is not { OpenName: not null }) return Refusal.NoSuchConversation;

        await ConversationRow.Hold(sql, conference);
        if (await memberships.Has(sql, conference, caller)) return null;
        if (await ConversationRow.Find(sql, conference) is not { OpenName: not null } row) return Refusal.NoSuchConversation;
        if (row.MemberCount >= _mostMembers) return Refusal.LimitReached.Because($"A conference has at most {_mostMembers} members.");

        await roster.Join(sql, conference, caller, caller, firstSeq: 1);
        return null;
    }

    private static async Task<ConversationId?> Meant(Sql sql, JoinConference request)
    {
        if (request.Conversation is { } conversation) return conversation;
        if (UserNames.Fold(request.Name!) is not { } name) return null;
        var id = await sql.One("SELECT id FROM conversation WHERE open_name = @name", row => row.GetString(0), ("name", name));
        return id is null ? null : new ConversationId(id);
    }
}
