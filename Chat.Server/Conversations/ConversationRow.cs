using System.Data.Common;
using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>A conversation as it is stored, the same for everybody.</summary>
internal sealed record ConversationRow(
    ConversationId Id, ConversationKind Kind, string? OpenName, string? Title, ConversationId? ContinuedFrom, long MemberCount, bool Archived)
{
    public const string Columns = "c.id, c.kind, c.open_name, c.title, c.continued_from, c.member_count, c.archived_at";

    public static ConversationRow From(DbDataReader row) => new(
        new(row.GetString(0)), row.Name<ConversationKind>(1), row.TextOrNull(2), row.TextOrNull(3),
        row.TextOrNull(4) is { } from ? new ConversationId(from) : null, row.GetInt64(5), !row.IsDBNull(6));

    public static ConversationId NewId(TimeProvider clock) => new($"c{Guid.CreateVersion7(clock.GetUtcNow()):N}");

    public static Task<ConversationRow?> Find(Sql sql, ConversationId conversation) =>
        sql.One($"SELECT {Columns} FROM conversation c WHERE c.id = @id", From, ("id", conversation));

    /// <summary>Makes a conversation with an empty transcript; false, with nothing left behind, where its pair or its open name has one already.</summary>
    public static async Task<bool> Create(Sql sql, ConversationRow row, string? pair, DateTimeOffset now)
    {
        await Transcript.Create(sql, row.Id);
        var created = await sql.Change("""
            INSERT INTO conversation (id, kind, pair, open_name, title, continued_from, member_count, created_at)
            VALUES (@id, @kind, @pair, @openName, @title, @from, 0, @now) ON CONFLICT DO NOTHING
            """,
            ("id", row.Id), ("kind", row.Kind), ("pair", pair), ("openName", row.OpenName), ("title", row.Title), ("from", row.ContinuedFrom?.Value), ("now", now));
        if (created == 0) await sql.Run("DELETE FROM transcript WHERE id = @id", ("id", row.Id));
        return created == 1;
    }

    /// <summary>Takes back what <see cref="Create"/> made, while it is still empty.</summary>
    public static async Task Discard(Sql sql, ConversationId conversation)
    {
        await sql.Run("DELETE FROM conversation WHERE id = @id", ("id", conversation));
        await sql.Run("DELETE FROM transcript WHERE id = @id", ("id", conversation));
    }

    /// <summary>
    /// Keeps others, on every node, from changing the conversation until this write is committed: it waits where an append to its transcript would.
    /// </summary>
    public static Task Hold(Sql sql, ConversationId conversation) =>
        sql.Run("UPDATE transcript SET head = head WHERE id = @id", ("id", conversation));
}
