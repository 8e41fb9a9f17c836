using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>How far each member has read. A mark only ever rises, and never above what its user may read.</summary>
internal sealed class ReadMarks(Database database, Transcript transcript, Memberships memberships, People people, IAudience audience)
{
    private const string Raising = """
        INSERT INTO member (conversation_id, user_id, role, read_seq) VALUES (@conversation, @user, 'Member', @seq)
        ON CONFLICT (conversation_id, user_id) DO UPDATE SET read_seq = excluded.read_seq WHERE member.read_seq < excluded.read_seq
        """;

    public async Task<Answer<ReadMark>> Move(UserId reader, MarkRead request)
    {
        if (request.Seq < 1) return Refusal.Invalid.Of("seq");

        var (answer, notice, deaf) = await database.Write(async sql => await Move(sql, reader, request));
        if (notice is not null) _ = audience.MembersOf(notice.Conversation, deaf).ReadMarkMoved(notice);
        return answer;
    }

    public static Task Raise(Sql sql, ConversationId conversation, UserId reader, long seq) =>
        sql.Run(Raising, ("conversation", conversation), ("user", reader), ("seq", seq));

    private async Task<(Answer<ReadMark> Answer, ReadNotice? Notice, List<UserId> Deaf)> Move(Sql sql, UserId reader, MarkRead request)
    {
        var conversation = request.Conversation;
        if (await memberships.Of(sql, conversation, reader) is not { IsOpen: true } visible) return (Refusal.NoSuchConversation, null, []);
        var seq = Math.Min(request.Seq, visible.HeadOf(await Transcript.Head(sql, conversation)));
        if (seq < 1 || !await Rises(sql, conversation, reader, seq)) return (new ReadMark(conversation, await Of(sql, conversation, reader)), null, []);

        await transcript.AppendToInbox(sql, reader, new ReadMarked(conversation, seq));
        ReadMark mark = new(conversation, seq);
        if (!await IsSmall(sql, conversation)) return (mark, null, []);
        return (mark, new(conversation, await people.Of(sql, reader), seq), await Deaf.To(sql, reader, conversation));
    }

    private static async Task<bool> Rises(Sql sql, ConversationId conversation, UserId reader, long seq) =>
        await sql.Change(Raising, ("conversation", conversation), ("user", reader), ("seq", seq)) > 0;

    private static async Task<long> Of(Sql sql, ConversationId conversation, UserId reader) =>
        await sql.One("SELECT read_seq FROM member WHERE conversation_id = @conversation AND user_id = @user", row => row.GetInt64(0),
            ("conversation", conversation), ("user", reader));

    private static async Task<bool> IsSmall(Sql sql, ConversationId conversation) =>
        Limits.MembersTold >= (conversation == Lobby.Id
            ? await Lobby.CountUpTo(sql, Limits.MembersTold + 1)
            : await sql.One("SELECT member_count FROM conversation WHERE id = @id", row => row.GetInt64(0), ("id", conversation)));
}
