using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Tests.Support;

/// <summary>More rows than anybody would make by asking for them, as the rooms would have left them.</summary>
internal static class Plenty
{
    private const string Numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @count)";

    /// <summary>Conferences of these users, c1, c2 … in the order of their activity, each with a beginning and so many messages of the last of them.</summary>
    public static Task Conferences(Database database, int count, int messages, params UserId[] members) => database.Write(async sql =>
    {
        await sql.Run($"INSERT INTO transcript (id, head, last_at) {Numbers} SELECT 'c' || n, @messages + 1, n FROM numbers", ("count", count), ("messages", messages));
        await sql.Run($"""
            INSERT INTO conversation (id, kind, title, member_count, created_at)
            {Numbers} SELECT 'c' || n, 'Conference', 'Conference ' || n, @members, n FROM numbers
            """, ("count", count), ("members", members.Length));
        await sql.Run($"""
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, body)
            {Numbers} SELECT 'c' || n, 1, 'Started', @author, n, @body FROM numbers
            """, ("count", count), ("author", members[0]), ("body", "{}"));
        foreach (var member in members)
        {
            await sql.Run($"INSERT INTO membership (conversation_id, user_id, joined_seq, first_seq) {Numbers} SELECT 'c' || n, @user, 1, 1 FROM numbers", ("count", count), ("user", member));
            await sql.Run($"INSERT INTO member (conversation_id, user_id, role, read_seq) {Numbers} SELECT 'c' || n, @user, 'Member', 1 FROM numbers", ("count", count), ("user", member));
        }
        for (var seq = 2; seq <= messages + 1; seq++)
        {
            await sql.Run($"""
                INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, body)
                {Numbers} SELECT 'c' || n, @seq, 'Message', @author, n, 'm' || n || '-' || CAST(@seq AS TEXT), @body FROM numbers
                """, ("count", count), ("seq", seq), ("author", members[^1]), ("body", """{"text":"Nothing much, and you?"}"""));
        }
        return 0;
    });

    /// <summary>So many messages on top of what a conversation has.</summary>
    public static Task Messages(Database database, ConversationId conversation, UserId author, int count) => database.Write(async sql =>
    {
        await sql.Run($"""
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, body)
            {Numbers} SELECT t.id, t.head + n, 'Message', @author, t.last_at, 'p' || n, @body FROM numbers JOIN transcript t ON t.id = @conversation
            """, ("count", count), ("author", author), ("conversation", conversation), ("body", """{"text":"Nothing much, and you?"}"""));
        return await sql.Run("UPDATE transcript SET head = head + @count WHERE id = @conversation", ("count", count), ("conversation", conversation));
    });
}
