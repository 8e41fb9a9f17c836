using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Transcripts;

/// <summary>Who may read which part of which conversation: the intervals, written with the very entries whose seqs they name.</summary>
internal sealed class Memberships(LobbySwitch lobby)
{
    /// <summary>As <see cref="Visibility.Sees(long)"/>, for an entry <c>e</c> and the user <c>@me</c>.</summary>
    public const string ReadableSql = """
        (e.transcript_id = 'lobby' OR EXISTS (
            SELECT 1 FROM membership r WHERE r.conversation_id = e.transcript_id AND r.user_id = @me
            AND e.seq >= r.first_seq AND (r.left_seq IS NULL OR e.seq <= r.left_seq)))
        """;

    /// <summary>What the user may read there; null where the user has never been a member.</summary>
    public async Task<Visibility?> Of(Sql sql, ConversationId conversation, UserId user)
    {
        if (lobby.IsOn && conversation == Lobby.Id) return Visibility.Everything;
        var intervals = await sql.Query("""
            SELECT joined_seq, first_seq, left_seq FROM membership WHERE conversation_id = @conversation AND user_id = @user ORDER BY joined_seq
            """, row => new Interval(row.GetInt64(0), row.GetInt64(1), row.NumberOrNull(2)), ("conversation", conversation), ("user", user));
        return intervals.Count == 0 ? null : new([.. intervals]);
    }

    /// <summary>The same for several at once; those in which the user has never been are left out.</summary>
    public async Task<Dictionary<ConversationId, Visibility>> Of(Sql sql, IReadOnlyCollection<ConversationId> conversations, UserId user)
    {
        var rows = await sql.Query($"""
            SELECT conversation_id, joined_seq, first_seq, left_seq FROM membership
            WHERE user_id = @user AND {sql.Among("conversation_id", "@conversations")} ORDER BY joined_seq
            """, row => (Conversation: new ConversationId(row.GetString(0)), Interval: new Interval(row.GetInt64(1), row.GetInt64(2), row.NumberOrNull(3))),
            ("user", user), ("conversations", JsonSerializer.Serialize(conversations.Select(conversation => conversation.Value))));
        var seen = rows.GroupBy(row => row.Conversation, row => row.Interval).ToDictionary(rows => rows.Key, rows => new Visibility([.. rows]));
        if (lobby.IsOn && conversations.Contains(Lobby.Id)) seen[Lobby.Id] = Visibility.Everything;
        return seen;
    }

    public async Task<bool> Has(Sql sql, ConversationId conversation, UserId user) => await Of(sql, conversation, user) is { IsOpen: true };

    /// <summary>The conversations that the user is in now, but for private chats that the user was not told of yet.</summary>
    public async Task<List<ConversationId>> OpenOf(Sql sql, UserId user)
    {
        var open = await sql.Query("""
            SELECT m.conversation_id FROM membership m WHERE m.user_id = @user AND m.left_seq IS NULL AND NOT EXISTS (
                SELECT 1 FROM member p WHERE p.conversation_id = m.conversation_id AND p.user_id = m.user_id AND p.told = 0)
            """, row => new ConversationId(row.GetString(0)), ("user", user));
        if (lobby.IsOn) open.Add(Lobby.Id);
        return open;
    }

    /// <summary>Begins a membership with the entry at <paramref name="joinedSeq"/>; <paramref name="firstSeq"/> lies below it where history is shared.</summary>
    public static async Task Begin(Sql sql, ConversationId conversation, UserId user, long joinedSeq, long firstSeq, Role role)
    {
        // Past stretches that the new one holds anyway are dropped, so that coming and going a thousand times leaves one.
        await sql.Run("DELETE FROM membership WHERE conversation_id = @conversation AND user_id = @user AND first_seq >= @first AND left_seq IS NOT NULL",
            ("conversation", conversation), ("user", user), ("first", firstSeq));
        await sql.Run("INSERT INTO membership (conversation_id, user_id, joined_seq, first_seq) VALUES (@conversation, @user, @joined, @first)",
            ("conversation", conversation), ("user", user), ("joined", joinedSeq), ("first", firstSeq));
        await sql.Run("""
            INSERT INTO member (conversation_id, user_id, role, read_seq) VALUES (@conversation, @user, @role, @read)
            ON CONFLICT (conversation_id, user_id) DO UPDATE SET role = excluded.role, hidden = 0,
                read_seq = CASE WHEN member.read_seq > excluded.read_seq THEN member.read_seq ELSE excluded.read_seq END
            """, ("conversation", conversation), ("user", user), ("role", role), ("read", joinedSeq));
        await sql.Run("UPDATE conversation SET member_count = member_count + 1 WHERE id = @conversation", ("conversation", conversation));
    }

    /// <summary>Where a new user's read mark in the Lobby begins: what was said before counts as read.</summary>
    public static Task EnterLobby(Sql sql, UserId user) => sql.Run("""
        INSERT INTO member (conversation_id, user_id, role, read_seq)
        SELECT t.id, @user, 'Member', t.head FROM transcript t WHERE t.id = @lobby
        """, ("user", user), ("lobby", Lobby.Id));

    /// <summary>Ends a membership with the entry at <paramref name="leftSeq"/>.</summary>
    public static async Task End(Sql sql, ConversationId conversation, UserId user, long leftSeq)
    {
        await sql.Run("UPDATE membership SET left_seq = @left WHERE conversation_id = @conversation AND user_id = @user AND left_seq IS NULL",
            ("left", leftSeq), ("conversation", conversation), ("user", user));
        await sql.Run("UPDATE conversation SET member_count = member_count - 1 WHERE id = @conversation", ("conversation", conversation));
    }
}
