using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>
/// Who is in a conference and as what. Each change is an entry of the transcript, the interval or role that the entry stands for, and a note
/// in the inbox of whom it moves: one write, so that the transcript, folded, always says what the tables say.
/// The caller holds the conversation.
/// </summary>
internal sealed class Roster(Transcript transcript)
{
    /// <summary>The first entry, which names everybody it begins with.</summary>
    public async Task Found(Sql sql, ConversationId conversation, UserId founder, EntryBody started)
    {
        await transcript.Append(sql, conversation, EntryKind.Started, founder, started);
        // Always in the same order, so that two writes that tell the same people do not wait for each other.
        foreach (var member in started.Members!.OrderBy(member => member.Value, StringComparer.Ordinal))
            await Begin(sql, conversation, member, joinedSeq: 1, firstSeq: 1, member == founder ? Role.Owner : Role.Member);
    }

    /// <param name="firstSeq">What the newcomer may read from; null: nothing of what came before.</param>
    public async Task Join(Sql sql, ConversationId conversation, UserId author, UserId member, long? firstSeq)
    {
        var entry = await transcript.Append(sql, conversation, EntryKind.Joined, author, new() { Member = member, FromSeq = firstSeq });
        await Begin(sql, conversation, member, entry.Seq, firstSeq ?? entry.Seq, Role.Member);
    }

    public async Task Leave(Sql sql, ConversationId conversation, UserId member)
    {
        var entry = await transcript.Append(sql, conversation, EntryKind.Left, member, EntryBody.Empty);
        await End(sql, conversation, member, entry.Seq);
    }

    public async Task Remove(Sql sql, ConversationId conversation, UserId author, UserId member)
    {
        var entry = await transcript.Append(sql, conversation, EntryKind.Removed, author, new() { Member = member });
        await End(sql, conversation, member, entry.Seq);
    }

    public async Task SetRole(Sql sql, ConversationId conversation, UserId author, UserId member, Role role)
    {
        await transcript.Append(sql, conversation, EntryKind.RoleChanged, author, new() { Member = member, Role = role });
        await sql.Run("UPDATE member SET role = @role WHERE conversation_id = @conversation AND user_id = @member",
            ("role", role), ("conversation", conversation), ("member", member));
    }

    /// <summary>
    /// Makes sure that the conference has an owner without this one, by making the longest-standing other member owner. False where nobody else is left.
    /// </summary>
    public async Task<bool> HandOn(Sql sql, ConversationId conversation, UserId owner)
    {
        if (await HasOtherOwner(sql, conversation, owner)) return true;
        if (await LongestStanding(sql, conversation, owner) is not var (successor, role)) return false;
        if (role != Role.Owner) await SetRole(sql, conversation, owner, successor, Role.Owner);
        return true;
    }

    public static async Task<Role> RoleOf(Sql sql, ConversationId conversation, UserId member) =>
        await sql.One("SELECT role FROM member WHERE conversation_id = @conversation AND user_id = @member",
            row => row.Name<Role>(0), ("conversation", conversation), ("member", member));

    // An owner who cannot log in any more looks after nothing.
    private static async Task<bool> HasOtherOwner(Sql sql, ConversationId conversation, UserId owner) => await sql.One("""
        SELECT 1 FROM member m
        JOIN membership s ON s.conversation_id = m.conversation_id AND s.user_id = m.user_id AND s.left_seq IS NULL
        JOIN chat_user u ON u.id = m.user_id AND u.deactivated_at IS NULL
        WHERE m.conversation_id = @conversation AND m.role = 'Owner' AND m.user_id <> @owner LIMIT 1
        """, _ => true, ("conversation", conversation), ("owner", owner));

    private static async Task<(UserId User, Role Role)?> LongestStanding(Sql sql, ConversationId conversation, UserId except)
    {
        var found = await sql.Query("""
            SELECT s.user_id, m.role FROM membership s
            JOIN member m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
            JOIN chat_user u ON u.id = s.user_id
            WHERE s.conversation_id = @conversation AND s.left_seq IS NULL AND s.user_id <> @except
            ORDER BY CASE WHEN u.deactivated_at IS NULL THEN 0 ELSE 1 END, s.joined_seq, s.user_id LIMIT 1
            """, row => (new UserId(row.GetString(0)), row.Name<Role>(1)), ("conversation", conversation), ("except", except));
        return found.Count == 0 ? null : found[0];
    }

    private async Task Begin(Sql sql, ConversationId conversation, UserId member, long joinedSeq, long firstSeq, Role role)
    {
        await Memberships.Begin(sql, conversation, member, joinedSeq, firstSeq, role);
        await transcript.AppendToInbox(sql, member, new ConversationAdded(conversation, joinedSeq, firstSeq));
    }

    private async Task End(Sql sql, ConversationId conversation, UserId member, long leftSeq)
    {
        await Memberships.End(sql, conversation, member, leftSeq);
        await transcript.AppendToInbox(sql, member, new ConversationLeft(conversation, leftSeq));
    }
}
