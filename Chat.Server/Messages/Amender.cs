using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Messages;

/// <summary>
/// Edits and deletes messages. The message's own entry is never changed by an edit; a deletion erases its text and those of its edits.
/// </summary>
internal sealed partial class Amender(
    Database database, Transcript transcript, Memberships memberships, Administrators administrators, ILogger<Amender> logger)
{
    /// <summary>Whom the message mentions stays as it was sent.</summary>
    public async Task<Answer<Receipt>> Edit(UserId caller, EditMessage request)
    {
        if (Drafts.Check(request.ClientMessageId) is { } nameless) return nameless;
        if (TextRules.Check(request.Text) is { } unfit) return unfit;

        var draft = Drafts.Of(request.ClientMessageId, request, ChatJson.Default.EditMessage);
        return await database.WriteOnce(caller, draft, async sql =>
        {
            var found = await memberships.Message(sql, caller, request.Conversation, request.Seq);
            if (!found.Ok) return found.Refusal;
            var message = found.Value;
            if (message.Author != caller) return Refusal.Forbidden;
            if (message.Deleted) return Refusal.MessageDeleted;
            if (Amended.By(await Amendments(sql, message)).Edits >= Limits.EditsPerMessage) return Refusal.LimitReached;

            var body = new EntryBody { Text = request.Text };
            return (await transcript.Append(sql, request.Conversation, EntryKind.Edited, caller, body, draft, message.Seq)).Receipt();
        });
    }

    /// <summary>The author may, an owner of the conference, and in the Lobby, which has no owners, an administrator.</summary>
    public async Task<Answer<Receipt>> Delete(UserId caller, DeleteMessage request)
    {
        if (Drafts.Check(request.ClientMessageId) is { } nameless) return nameless;

        var draft = Drafts.Of(request.ClientMessageId, request, ChatJson.Default.DeleteMessage);
        var answer = await database.WriteOnce(caller, draft, async sql =>
        {
            var found = await memberships.Message(sql, caller, request.Conversation, request.Seq);
            if (!found.Ok) return found.Refusal;
            var message = found.Value;
            if (message.Author != caller && !await Rules(sql, caller, request.Conversation)) return Refusal.Forbidden;
            if (message.Deleted)
            {
                var deletion = (await Amendments(sql, message)).Last(amendment => amendment.Kind == EntryKind.Deleted);
                Again(sql, deletion);
                return deletion.Receipt(repeated: true);
            }
            var deleted = await transcript.Append(sql, request.Conversation, EntryKind.Deleted, caller, EntryBody.Empty, draft, message.Seq);
            await Transcript.Erase(sql, message.Transcript, message.Seq);
            await Mentioned.Forget(sql, message);
            sql.AfterCommit(database.Scrub);
            return deleted.Receipt();
        }, Again);
        if (answer is { Ok: true, Value.Repeated: false }) Log.Deleted(logger, caller, request.Seq, request.Conversation);
        return answer;
    }

    // The first try may have been stored without this node knowing it, and have left the text in memory and in the files.
    private void Again(Sql sql, StoredEntry deletion)
    {
        if (deletion.Kind != EntryKind.Deleted) return;
        transcript.SayAgain(sql, deletion);
        sql.AfterCommit(database.Scrub);
    }

    private static Task<List<StoredEntry>> Amendments(Sql sql, StoredEntry message) =>
        Transcript.Amendments(sql, message.Transcript, message.Seq, message.Seq);

    private Task<bool> Rules(Sql sql, UserId user, ConversationId conversation) =>
        conversation == Lobby.Id ? administrators.Include(sql, user) : Owns(sql, user, conversation);

    private static async Task<bool> Owns(Sql sql, UserId user, ConversationId conversation) => await sql.One("""
        SELECT 1 FROM member m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.conversation_id = @conversation AND m.user_id = @user AND m.role = 'Owner' AND c.kind = 'Conference'
        """, _ => true, ("conversation", conversation), ("user", user));

    private static partial class Log
    {
        [LoggerMessage(611, LogLevel.Information, "User {User} deleted message {Seq} of conversation {Conversation}.")]
        public static partial void Deleted(ILogger logger, UserId user, long seq, ConversationId conversation);
    }
}
