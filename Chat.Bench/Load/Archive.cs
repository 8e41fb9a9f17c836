using Chat.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Bench.Load;

/// <summary>More rows than anybody would make by asking for them, written while the server is stopped, as its rooms would have left them.</summary>
internal static class Archive
{
    private const string Numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @count)";
    private const string Body = """{"text":"~due=0000000000000000 of long ago"}"""; // a stamp, so that they are counted when they are delivered

    /// <summary>So many messages of the conversation's longest-standing member on top of what it has.</summary>
    public static Task Messages(string file, string conversation, int count) => Write(file, async sql =>
    {
        await sql.Run($"""
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, body)
            {Numbers} SELECT t.id, t.head + n, 'Message', m.user_id, t.last_at, 'bench' || (t.head + n), @body
            FROM numbers JOIN transcript t ON t.id = @conversation
            JOIN (SELECT user_id FROM membership WHERE conversation_id = @conversation ORDER BY joined_seq LIMIT 1) m ON 1 = 1
            """, ("count", count), ("conversation", conversation), ("body", Body));
        await sql.Run("UPDATE transcript SET head = head + @count WHERE id = @conversation", ("count", count), ("conversation", conversation));
    });

    /// <summary>Conferences of these two, one after another in time, each with a beginning and one message.</summary>
    public static Task Conferences(string file, int count, string one, string other) => Write(file, async sql =>
    {
        await sql.Run($"INSERT INTO transcript (id, head, last_at) {Numbers} SELECT 'c' || n, 2, n FROM numbers", ("count", count));
        await sql.Run($"INSERT INTO conversation (id, kind, title, member_count, created_at) {Numbers} SELECT 'c' || n, 'Conference', 'Conference ' || n, 2, n FROM numbers", ("count", count));
        foreach (var name in new[] { one, other })
        {
            await sql.Run($"INSERT INTO membership (conversation_id, user_id, joined_seq, first_seq) {Numbers} SELECT 'c' || n, u.id, 1, 1 FROM numbers JOIN chat_user u ON u.user_name = @name", ("count", count), ("name", name));
            await sql.Run($"INSERT INTO member (conversation_id, user_id, role, read_seq) {Numbers} SELECT 'c' || n, u.id, 'Member', 1 FROM numbers JOIN chat_user u ON u.user_name = @name", ("count", count), ("name", name));
        }
        await sql.Run($$"""
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, body)
            {{Numbers}} SELECT 'c' || n, 1, 'Started', u.id, n, '{}' FROM numbers JOIN chat_user u ON u.user_name = @name
            """, ("count", count), ("name", other));
        await sql.Run($"""
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, body)
            {Numbers} SELECT 'c' || n, 2, 'Message', u.id, n, 'bench' || n, @body FROM numbers JOIN chat_user u ON u.user_name = @name
            """, ("count", count), ("name", other), ("body", Body));
    });

    private static async Task Write(string file, Func<Sql, Task> write)
    {
        await using var database = await Database.Open(new SqliteDialect(file), TimeProvider.System, NullLogger.Instance);
        await database.Write(async sql =>
        {
            await write(sql);
            return true;
        });
    }
}
