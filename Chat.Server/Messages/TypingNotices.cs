using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Messages;

/// <summary>Tells a conversation's members who is typing, of each of them at most once in 3 s; what comes between is dropped without a word.</summary>
internal sealed class TypingNotices(Database database, Memberships memberships, People people, IAudience audience, TimeProvider clock)
{
    private readonly Pace<(UserId, ConversationId)> _pace = new(TimeSpan.FromSeconds(3), clock);

    public async Task<Answer<Done>> Tell(UserId author, Typing request)
    {
        var conversation = request.Conversation;
        if (!_pace.Allows((author, conversation))) return Done.Value;

        var (notice, deaf) = await database.Read(async sql =>
            await memberships.Has(sql, conversation, author)
                ? (new TypingNotice(conversation, await people.Of(sql, author)), await Deaf.To(sql, author, conversation))
                : (null, []));
        if (notice is null) return Refusal.NoSuchConversation;

        // Taken only now: strangers, who may name any conversation, take up no memory.
        if (_pace.Take((author, conversation))) _ = audience.MembersOf(conversation, deaf).TypingChanged(notice);
        return Done.Value;
    }
}
