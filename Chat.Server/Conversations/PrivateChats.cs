using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>
/// The one conversation of two users, for ever; of one with oneself, a notebook. Whom it was started with is told of it by the first message,
/// so that starting one is not a way to appear in somebody's list.
/// </summary>
internal sealed class PrivateChats(Database database, Transcript transcript, ConversationReader reader, TimeProvider clock)
{
    public Task<Answer<Conversation>> Start(UserId caller, StartPrivateChat request) => database.Write<Answer<Conversation>>(async sql =>
    {
        if (await Named.ActiveUser(sql, request.With) is not { } other) return Refusal.NoSuchUser;
        var pair = PairOf(caller, other);
        if (await Of(sql, pair) is not { } chat)
        {
            if (await Blocks.Between(sql, caller, other)) return Refusal.Unavailable;
            chat = await Begin(sql, caller, other, pair);
        }

        await Show(sql, chat, caller);
        return (await reader.One(sql, caller, chat))!;
    });

    private static string PairOf(UserId one, UserId other) =>
        string.CompareOrdinal(one.Value, other.Value) <= 0 ? $"{one}|{other}" : $"{other}|{one}";

    private static async Task<ConversationId?> Of(Sql sql, string pair) =>
        await sql.One("SELECT id FROM conversation WHERE pair = @pair", row => row.GetString(0), ("pair", pair)) is { } id ? new ConversationId(id) : null;

    // The unique pair decides who was first, on whatever node; the other finds what the first one made.
    private async Task<ConversationId> Begin(Sql sql, UserId starter, UserId other, string pair)
    {
        ConversationRow row = new(ConversationRow.NewId(clock), ConversationKind.PrivateChat, null, null, null, MemberCount: 0, Archived: false);
        if (!await ConversationRow.Create(sql, row, pair, clock.GetUtcNow())) return (await Of(sql, pair))!.Value;

        UserId[] members = starter == other ? [starter] : [starter, other];
        var started = await transcript.Append(sql, row.Id, EntryKind.Started, starter, new EntryBody { Members = members });
        foreach (var member in members) await Memberships.Begin(sql, row.Id, member, started.Seq, started.Seq, Role.Member);
        await sql.Run("UPDATE member SET told = 0 WHERE conversation_id = @chat", ("chat", row.Id));
        return row.Id;
    }

    private async Task Show(Sql sql, ConversationId chat, UserId starter)
    {
        var told = await sql.Change("UPDATE member SET told = 1 WHERE conversation_id = @chat AND user_id = @starter AND told = 0", ("chat", chat), ("starter", starter));
        if (told == 1) await transcript.AppendToInbox(sql, starter, new ConversationAdded(chat, JoinedSeq: 1, FirstSeq: 1));
        await OwnSettings.Change(sql, transcript, chat, starter, OwnSettings.Hidden, false);
    }
}
