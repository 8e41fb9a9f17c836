using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Client;

/// <remarks>
/// Sending: all of these return when it is stored, and survive disconnects, restarts of the server and lost answers; it is stored exactly once.
/// What is sent to one conversation is stored in the order of the calls; nobody has to wait for one before the next. Refusals that pass
/// (<c>rateLimited</c>, <c>serverBusy</c>) are waited out. Too long a text is refused at once, whether or not there is a connection. Cancelling ends
/// the waiting, not the sending.
/// </remarks>
public sealed partial class ChatConversation
{
    /// <summary>Sends a message.</summary>
    /// <param name="text">1 to 16,384 bytes of UTF-8, not only white space.</param>
    /// <exception cref="ChatRefusedException"><c>textEmpty</c>, <c>tooLarge</c>, <c>noSuchConversation</c>; <c>sessionEnded</c> where the session ended before.</exception>
    public Task<Stored> SendAsync(string text, CancellationToken cancel = default) => SendAsync(new NewMessage(text), cancel);

    /// <inheritdoc cref="SendAsync(string, CancellationToken)"/>
    public Task<Stored> SendAsync(NewMessage message, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Send(new MessageDraft(new SendMessage
        {
            Conversation = Id, ClientMessageId = message.ClientMessageId ?? NewId(), Text = message.Text, ReplyTo = message.ReplyTo, Mentions = message.Mentions
        }), cancel);
    }

    /// <summary>Gives one's own message another text.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchMessage</c>, <c>messageDeleted</c>, <c>forbidden</c>, <c>limitReached</c>, <c>textEmpty</c>, <c>tooLarge</c>.</exception>
    public Task<Stored> EditAsync(long seq, string text, CancellationToken cancel = default) =>
        Send(new EditDraft(new EditMessage { Conversation = Id, Seq = seq, ClientMessageId = NewId(), Text = text }), cancel);

    /// <summary>Erases one's own message, or as an owner anybody's.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchMessage</c>, <c>forbidden</c>.</exception>
    public Task<Stored> DeleteAsync(long seq, CancellationToken cancel = default) =>
        Send(new DeleteDraft(new DeleteMessage { Conversation = Id, Seq = seq, ClientMessageId = NewId() }), cancel);

    /// <summary>Adds a reaction to a message.</summary>
    /// <param name="seq">That of the message.</param>
    /// <param name="emoji">One emoji, at most 32 bytes of UTF-8.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchMessage</c>, <c>messageDeleted</c>, <c>limitReached</c>, <c>invalid</c>.</exception>
    public Task<Stored> ReactAsync(long seq, string emoji, CancellationToken cancel = default) =>
        Send(new ReactDraft(new React { Conversation = Id, Seq = seq, ClientMessageId = NewId(), Emoji = emoji }), cancel);

    /// <summary>Takes a reaction back.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchMessage</c>, <c>messageDeleted</c>.</exception>
    public Task<Stored> UnreactAsync(long seq, string emoji, CancellationToken cancel = default) =>
        Send(new UnreactDraft(new Unreact { Conversation = Id, Seq = seq, ClientMessageId = NewId(), Emoji = emoji }), cancel);

    private async Task<Stored> Send(Draft draft, CancellationToken cancel) => await _chat.Running.Send(draft).WaitAsync(cancel).ConfigureAwait(false);

    private ClientMessageId NewId() => ClientMessageId.New(_chat.Clock);
}
