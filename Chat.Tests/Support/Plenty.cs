using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Tests.Support;

/// <summary>More rows than anybody would make by asking for them, as the rooms would have left them.</summary>
internal static class Plenty
{
    private const string Numbers = "WITH RECURSIVE numbers (n) AS (SELECT @from UNION ALL SELECT n + 1 FROM numbers WHERE n < @to)";

    // Of one write: PostgreSQL gives up a statement that takes longer than any of the service's own.
    private const int AtOnce = 20_000;

    /// <summary>Conferences of these users, c1, c2 … in the order of their activity, each with a beginning and so many messages of the last of them.</summary>
    public static async Task Conferences(Database database, int count, int messages, params UserId[] members)
    {
        foreach (var (from, to) in Stretches(count)) await database.Write(sql => Conferences(sql, from, to, messages, members));
    }

    /// <summary>So many messages on top of what a conversation has.</summary>
    public static async Task Messages(Database database, ConversationId conversation, UserId author, int count)
    {
        foreach (var (from, to) in Stretches(count))
        {
            await database.Write(sql => sql.Change($"""
                INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, body)
                {Numbers} SELECT t.id, t.head + n, 'Message', @author, t.last_at, 'p' || n, @body FROM numbers JOIN transcript t ON t.id = @conversation
                """, ("from", from), ("to", to), ("author", author), ("conversation", conversation), ("body", """{"text":"Nothing much, and you?"}""")));
        }
        await database.Write(sql => sql.Change("UPDATE transcript SET head = head + @count WHERE id = @conversation", ("count", count), ("conversation", conversation)));
    }

    private static async Task<int> Conferences(Sql sql, int from, int to, int messages, UserId[] members)
    {
        await sql.Change($"INSERT INTO transcript (id, head, last_at) {Numbers} SELECT 'c' || n, @messages + 1, n FROM numbers", ("from", from), ("to", to), ("messages", messages));
        await sql.Change($"""
            INSERT INTO conversation (id, kind, title, member_count, created_at)
            {Numbers} SELECT 'c' || n, 'Conference', 'Conference ' || n, @members, n FROM numbers
            """, ("from", from), ("to", to), ("members", members.Length));
        await sql.Change($"""
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, body)
            {Numbers} SELECT 'c' || n, 1, 'Started', @author, n, @body FROM numbers
            """, ("from", from), ("to", to), ("author", members[0]), ("body", "{}"));
        foreach (var member in members)
        {
            await sql.Change($"INSERT INTO membership (conversation_id, user_id, joined_seq, first_seq) {Numbers} SELECT 'c' || n, @user, 1, 1 FROM numbers", ("from", from), ("to", to), ("user", member));
            await sql.Change($"INSERT INTO member (conversation_id, user_id, role, read_seq) {Numbers} SELECT 'c' || n, @user, 'Member', 1 FROM numbers", ("from", from), ("to", to), ("user", member));
        }
        for (var seq = 2; seq <= messages + 1; seq++)
        {
            await sql.Change($"""
                INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, body)
                {Numbers} SELECT 'c' || n, @seq, 'Message', @author, n, 'm' || n || '-' || CAST(@seq AS TEXT), @body FROM numbers
                """, ("from", from), ("to", to), ("seq", seq), ("author", members[^1]), ("body", """{"text":"Nothing much, and you?"}"""));
        }
        return 0;
    }

    private static IEnumerable<(int From, int To)> Stretches(int count)
    {
        for (var from = 1; from <= count; from += AtOnce) yield return (from, Math.Min(count, from + AtOnce - 1));
    }
}
