using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>Takes a member's message into a conversation.</summary>
internal sealed partial class Messenger(Database database, Transcript transcript, Memberships memberships, ILogger<Messenger> logger)
{
    /// <summary>Whoever sends has read up to the own message; everybody knows it, so that mark is told to nobody.</summary>
    public async Task<Answer<Receipt>> Send(UserId author, SendMessage request)
    {
        if (Drafts.Check(request.ClientMessageId) is { } nameless) return nameless;
        if (TextRules.Check(request.Text) is { } unfit) return unfit;
        if (Mentioned.Check(request.Mentions) is { } crowd) return crowd;

        var draft = Drafts.Of(request.ClientMessageId, request, ChatJson.Default.SendMessage);
        var answer = await database.AddOnce(author, draft, async sql =>
        {
            // A conference that was archived has no members.
            if (await memberships.Of(sql, request.Conversation, author) is not { IsOpen: true } visible) return Refusal.NoSuchConversation;
            if (request.ReplyTo is { } seq && !await IsThere(sql, request.Conversation, seq, visible)) return Refusal.NoSuchMessage.Of("replyTo");

            var mentioned = await Mentioned.Of(sql, request.Conversation, request.Mentions);
            var body = new EntryBody { Text = request.Text, ReplyTo = request.ReplyTo, Mentions = mentioned };
            if (await transcript.AppendNew(sql, request.Conversation, EntryKind.Message, author, body, draft) is not { } message) return null;
            await Mentioned.Remember(sql, message, mentioned);
            await ReadMarks.Raise(sql, request.Conversation, author, message.Seq);
            await Curtain.Lift(sql, transcript, message);
            return message.Receipt();
        });
        if (answer.Ok) Log.Sent(logger, author, answer.Value.Conversation, answer.Value.Seq, answer.Value.Repeated);
        return answer;
    }

    private static async Task<bool> IsThere(Sql sql, ConversationId conversation, long seq, Visibility visible) =>
        visible.Sees(seq) && await Transcript.At(sql, conversation, seq) is { Kind: EntryKind.Message, Deleted: false };

    private static partial class Log
    {
        [LoggerMessage(610, LogLevel.Debug, "User {User} sent message {Seq} of conversation {Conversation} (repeated: {Repeated}).")]
        public static partial void Sent(ILogger logger, UserId user, ConversationId conversation, long seq, bool repeated);
    }
}
