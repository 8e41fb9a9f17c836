using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>
/// The caller's conversations, pinned first, then newest activity first. Which ones a page has is decided by a few narrow columns;
/// everything else is read for the rows of the page alone, so that thousands of conversations cost what fifty do.
/// </summary>
internal sealed class ConversationList(Database database, ConversationReader reader, LobbySwitch lobby)
{
    // Nothing that happens after somebody left may move the conversation in their list: there the leave is the last activity.
    private const string Page = """
        SELECT pinned, activity, id FROM (
            SELECT m.pinned AS pinned, t.last_at AS activity, m.conversation_id AS id
            FROM member m JOIN transcript t ON t.id = m.conversation_id
            WHERE m.user_id = @me AND m.told = 1 AND (m.hidden = 0 OR @all = 1)
              AND EXISTS (SELECT 1 FROM membership s WHERE s.conversation_id = m.conversation_id AND s.user_id = m.user_id AND s.left_seq IS NULL)
            UNION ALL
            SELECT m.pinned, e.sent_at, m.conversation_id
            FROM member m JOIN entry e ON e.transcript_id = m.conversation_id
              AND e.seq = (SELECT MAX(s.left_seq) FROM membership s WHERE s.conversation_id = m.conversation_id AND s.user_id = m.user_id)
            WHERE @all = 1 AND m.user_id = @me
              AND NOT EXISTS (SELECT 1 FROM membership s WHERE s.conversation_id = m.conversation_id AND s.user_id = m.user_id AND s.left_seq IS NULL)
            UNION ALL
            SELECT COALESCE(m.pinned, 0), t.last_at, t.id
            FROM transcript t LEFT JOIN member m ON m.conversation_id = t.id AND m.user_id = @me
            WHERE @lobby = 1 AND t.id = 'lobby' AND (COALESCE(m.hidden, 0) = 0 OR @all = 1)
        ) mine
        WHERE pinned < @pinned OR (pinned = @pinned AND (activity < @activity OR (activity = @activity AND id > @id)))
        ORDER BY pinned DESC, activity DESC, id LIMIT @limit
        """;

    public async Task<Answer<ConversationPage>> Read(UserId caller, ListConversations request)
    {
        if (PageSize.Check(request.Limit, out var limit) is { } badLimit) return badLimit;
        if (ListPlace.Parse(request.After) is not { } after) return Refusal.Invalid.Of("after");

        return await database.Read<Answer<ConversationPage>>(async sql =>
        {
            var places = await sql.Query(Page, row => new ListPlace(row.GetInt64(0), row.GetInt64(1), new(row.GetString(2))),
                ("me", caller), ("all", request.All), ("lobby", lobby.IsOn),
                ("pinned", after.Pinned), ("activity", after.Activity), ("id", after.Conversation), ("limit", limit + 1));
            var page = places.Take(limit).Select(place => place.Conversation).ToList();
            var items = await reader.Rows(sql, caller, page, membersShown: 5);
            var inboxSeq = await Transcript.Head(sql, TranscriptId.InboxOf(caller));
            return new ConversationPage(items, places.Count > limit ? places[limit - 1].ToText() : null, inboxSeq);
        });
    }

    public Task<Answer<Conversation>> Get(UserId caller, GetConversation request) => database.Read<Answer<Conversation>>(async sql =>
        await reader.One(sql, caller, request.Conversation) is { } conversation ? conversation : Refusal.NoSuchConversation);
}
