using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>
/// Reacts to messages and takes reactions back. What already is so is not written again: the answer is the place that made it so, for a
/// reaction that never was the message's own.
/// </summary>
internal sealed class Reactions(Database database, Transcript transcript, Memberships memberships)
{
    public async Task<Answer<Receipt>> React(UserId caller, React request)
    {
        if (Drafts.Check(request.ClientMessageId) is { } nameless) return nameless;
        if (EmojiRules.Check(request.Emoji) is { } unfit) return unfit;

        var draft = Drafts.Of(request.ClientMessageId, request, ChatJson.Default.React);
        return await database.WriteOnce(caller, draft, async sql =>
        {
            var found = await memberships.Message(sql, caller, request.Conversation, request.Seq);
            if (!found.Ok) return found.Refusal;
            var message = found.Value;
            if (message.Deleted) return Refusal.MessageDeleted;
            var amendments = await Transcript.Amendments(sql, message.Transcript, message.Seq, message.Seq);
            if (Latest(amendments, caller, request.Emoji) is { Kind: EntryKind.Reacted } already) return already.Receipt(repeated: true);
            if (IsFull(Amended.By(amendments), request.Emoji)) return Refusal.LimitReached;
            if (amendments.Count(one => one.Kind == EntryKind.Reacted && one.Author == caller) >= Limits.ReactionsPerUser) return Refusal.LimitReached;

            return await Append(sql, EntryKind.Reacted, caller, message, request.Emoji, draft);
        });
    }

    public async Task<Answer<Receipt>> Unreact(UserId caller, Unreact request)
    {
        if (Drafts.Check(request.ClientMessageId) is { } nameless) return nameless;
        if (EmojiRules.Check(request.Emoji) is { } unfit) return unfit;

        var draft = Drafts.Of(request.ClientMessageId, request, ChatJson.Default.Unreact);
        return await database.WriteOnce(caller, draft, async sql =>
        {
            var found = await memberships.Message(sql, caller, request.Conversation, request.Seq);
            if (!found.Ok) return found.Refusal;
            var message = found.Value;
            if (message.Deleted) return Refusal.MessageDeleted;
            var amendments = await Transcript.Amendments(sql, message.Transcript, message.Seq, message.Seq);
            var latest = Latest(amendments, caller, request.Emoji);
            if (latest is not { Kind: EntryKind.Reacted }) return (latest ?? message).Receipt(repeated: true);

            return await Append(sql, EntryKind.Unreacted, caller, message, request.Emoji, draft);
        });
    }

    private static bool IsFull(Amended amended, string emoji) =>
        amended.Reactions.Count >= Limits.EmojiPerMessage && amended.Reactions.All(reaction => reaction.Emoji != emoji);

    private static StoredEntry? Latest(List<StoredEntry> amendments, UserId by, string emoji) => amendments.LastOrDefault(
        one => one.Kind is EntryKind.Reacted or EntryKind.Unreacted && one.Author == by && one.Parts.Emoji == emoji);

    private async Task<Answer<Receipt>> Append(Sql sql, EntryKind kind, UserId caller, StoredEntry message, string emoji, DraftId draft) =>
        (await transcript.Append(sql, message.Transcript, kind, caller, new EntryBody { Emoji = emoji }, draft, message.Seq)).Receipt();
}
