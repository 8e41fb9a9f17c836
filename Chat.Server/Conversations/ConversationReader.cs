using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>
/// Conversations as one user may see them. Whoever left sees what there was up to the leave: no later title, no members, no later activity.
/// </summary>
internal sealed class ConversationReader(People people, Memberships memberships, MemberReader members)
{
    /// <summary>Null for whoever has never been in it.</summary>
    public async Task<Conversation?> One(Sql sql, UserId viewer, ConversationId conversation) =>
        await memberships.Of(sql, conversation, viewer) is null ? null : (await Rows(sql, viewer, [conversation], Limits.MembersShown))[0];

    /// <summary>In the order asked for; the viewer is or was in all of them.</summary>
    public async Task<List<Conversation>> Rows(Sql sql, UserId viewer, IReadOnlyList<ConversationId> conversations, int membersShown)
    {
        var ids = JsonSerializer.Serialize(conversations.Select(conversation => conversation.Value));
        var stored = (await OwnRow.Of(sql, viewer, ids)).ToDictionary(row => row.Conversation.Id);
        var seen = await memberships.Of(sql, conversations, viewer);
        var unread = await Unread.Of(sql, viewer, ids);
        var previews = await LastMessage.Of(sql, people, viewer, ids);

        Dictionary<ConversationId, List<MemberRow>> shown = [];
        foreach (var id in conversations.Where(id => seen[id].IsOpen)) shown[id] = await MemberReader.FirstOf(sql, id, viewer, membersShown);
        var member = await members.Look(sql, viewer, shown.Values.SelectMany(rows => rows));

        List<Conversation> rows = [];
        foreach (var id in conversations)
        {
            var row = seen[id].IsOpen
                ? ForMember(stored[id], seen[id], [.. shown[id].Select(member)])
                : await ForWhoLeft(sql, stored[id], seen[id]);
            rows.Add(row with { Unread = unread[id].Messages, Mentions = unread[id].Mentions, LastMessage = previews.GetValueOrDefault(id) });
        }
        return rows;
    }

    private static Conversation ForMember(OwnRow own, Visibility visible, IReadOnlyList<Member> members) =>
        own.Seen(members, (int)own.Conversation.MemberCount, own.Head) with
        {
            Title = own.Conversation.Title,
            Role = own.Role,
            FirstSeq = visible.First,
            LastActivityAt = own.LastAt,
        };

    private static async Task<Conversation> ForWhoLeft(Sql sql, OwnRow own, Visibility visible)
    {
        var left = visible.HeadOf(own.Head);
        var (title, name) = await CalledAt(sql, own.Conversation.Id, left);
        return own.Seen([], 0, left) with
        {
            Name = name,
            Title = title,
            FirstSeq = visible.First,
            LastActivityAt = (await Transcript.At(sql, own.Conversation.Id, left))!.SentAt,
            // The last to leave knows that nobody is left; it is news to all who left before.
            Archived = own.Conversation.Archived && left == own.Head,
        };
    }

    /// <summary>How the conversation was called when it had got as far as <paramref name="seq"/>.</summary>
    private static async Task<(string? Title, string? Name)> CalledAt(Sql sql, ConversationId conversation, long seq)
    {
        var names = await sql.Query("""
            SELECT e.body FROM entry e WHERE e.transcript_id = @conversation AND e.kind IN ('Started', 'Renamed') AND e.seq <= @seq ORDER BY e.seq
            """, row => EntryBody.From(row.GetString(0)), ("conversation", conversation), ("seq", seq));
        return names.Count == 0 ? (null, null) : (names[^1].Title, names[0].Name);
    }
}
