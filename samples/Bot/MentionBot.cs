using System.Security.Cryptography;
using System.Text;
using Chat.Client;
using Chat.Contracts;

namespace BotSample;

/// <summary>
/// Answers whoever mentions it, each mention exactly once and in order, whatever is restarted meanwhile: the server or the bot itself. It keeps
/// nothing: what it has answered stands in the transcript, and the id of an answer is made of the mention, so that it cannot be stored twice.
/// </summary>
public sealed class MentionBot(ChatClient chat, ChatConversation conversation)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var entry in conversation.EntriesAfterAsync(await LastAnswered(cancel), cancel))
        {
            if (entry is Message { Text: not null, Mentions: { } mentioned } mention && mentioned.Any(IsMe)) await Answer(mention, cancel);
        }
    }

    // Mentions are answered one after the other, so all up to this one are done.
    private async Task<long> LastAnswered(CancellationToken cancel)
    {
        await foreach (var entry in conversation.HistoryAsync(cancel: cancel))
        {
            if (entry is Message { ReplyTo: { } mention } && IsMe(entry.Author)) return mention;
        }
        return 0;
    }

    private async Task Answer(Message mention, CancellationToken cancel)
    {
        // The same id has to carry the same text, so there is nothing in it that may change: mentions are edited.
        NewMessage answer = new($"Noted, {mention.Author.UserName}.") { ReplyTo = mention.Seq, ClientMessageId = IdFor(mention) };
        try
        {
            await conversation.SendAsync(answer, cancel);
        }
        catch (ChatRefusedException no) when (no.Is(Refusal.NoSuchMessage))
        {
            // Its author deleted it; nobody waits for an answer any more.
        }
    }

    private bool IsMe(Person person) => person.User == chat.Me.User;

    private static ClientMessageId IdFor(Message mention) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"answer {mention.Author.User} {mention.ClientMessageId}")).AsSpan(0, 16)));
}
