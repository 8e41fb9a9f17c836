using System.Text;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>The latest message that somebody may read, saying what it says now: the last edit counts, where it is readable too.</summary>
internal static class LastMessage
{
    private const int TextShown = 200;

    // Membership by membership, each from its end down: what lies beyond it is not looked at, however much it is.
    private const string LatestOfEach = """
        SELECT (SELECT e.seq FROM entry e WHERE e.transcript_id = r.conversation_id AND e.kind = 'Message'
                AND e.seq BETWEEN r.first_seq AND COALESCE(r.left_seq, 9007199254740991) ORDER BY e.seq DESC LIMIT 1) AS latest
        FROM membership r WHERE r.conversation_id = c.id AND r.user_id = @me
        """;

    private const string Latest = $"""
        SELECT p.transcript_id, p.seq, p.author_id, p.sent_at, p.deleted, p.body,
            (SELECT e.body FROM entry e WHERE e.transcript_id = p.transcript_id AND e.target_seq = p.seq AND e.kind = 'Edited'
                AND {Memberships.ReadableSql} ORDER BY e.seq DESC LIMIT 1),
            (SELECT COUNT(*) FROM blocked b WHERE b.user_id = @me AND b.blocked_id = p.author_id)
        FROM conversation c JOIN entry p ON p.transcript_id = c.id AND p.seq = CASE WHEN c.id = 'lobby'
            THEN (SELECT e.seq FROM entry e WHERE e.transcript_id = 'lobby' AND e.kind = 'Message' ORDER BY e.seq DESC LIMIT 1)
            ELSE (SELECT MAX(latest) FROM ({LatestOfEach}) AS latest_of_each) END
        """;

    public static async Task<Dictionary<ConversationId, Preview>> Of(Sql sql, People people, UserId viewer, string ids)
    {
        var rows = await sql.Query($"{Latest} WHERE {sql.Among("c.id", "@ids")}", row => (
            Conversation: new ConversationId(row.GetString(0)), Seq: row.GetInt64(1), Author: new UserId(row.GetString(2)), SentAt: row.Time(3),
            Text: row.Yes(4) || row.Yes(7) ? null : EntryBody.From(row.TextOrNull(6) ?? row.GetString(5)).Text), ("me", viewer), ("ids", ids));
        var person = await people.Of(sql, rows.Select(row => row.Author));
        return rows.ToDictionary(row => row.Conversation, row => new Preview(row.Seq, person(row.Author), row.SentAt, Beginning(row.Text)));
    }

    private static string? Beginning(string? text)
    {
        if (text is null || text.Length <= TextShown) return text;
        StringBuilder beginning = new(TextShown);
        foreach (var rune in text.EnumerateRunes().Take(TextShown)) beginning.Append(rune);
        return beginning.ToString();
    }
}
