using Chat.Contracts;

namespace Chat.Client;

/// <summary>A conversation as its user's client reaches it: a handle, light and without state of its own, good over reconnects.</summary>
public sealed partial class ChatConversation
{
    private readonly ChatClient _chat;

    internal ChatConversation(ChatClient chat, ConversationId id) => (_chat, Id) = (chat, id);

    internal ChatConversation(ChatClient chat, Conversation details) : this(chat, details.ConversationId) => Details = details;

    internal ChatConversation(ChatClient chat, ConferenceStarted started) : this(chat, started.Conversation) => Invited = started.Invited;

    /// <summary>Never changes; <see cref="ChatClient.ConversationAsync"/> finds the conversation by it.</summary>
    public ConversationId Id { get; }

    /// <summary>Title, members, unread count …, as they were when this handle was got; null for the Lobby's and in handlers. <see cref="DetailsAsync"/> asks anew.</summary>
    public Conversation? Details { get; }

    /// <summary>What became of each name, in the order asked, where this handle comes from starting or inviting; otherwise empty.</summary>
    public IReadOnlyList<Invited> Invited { get; } = [];

    /// <summary>The conversation as it is now.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>.</exception>
    public Task<Conversation> DetailsAsync(CancellationToken cancel = default) =>
        _chat.Ask(hub => hub.GetConversation(new GetConversation { Conversation = Id }), cancel);

    /// <summary>Moves one's read mark up to this seq; never down, never above the head.</summary>
    /// <returns>Where the mark is then.</returns>
    public async Task<long> MarkReadAsync(long seq, CancellationToken cancel = default) =>
        (await _chat.Ask(hub => hub.MarkRead(new MarkRead { Conversation = Id, Seq = seq }), cancel).ConfigureAwait(false)).Seq;

    /// <summary>
    /// Shows the others for a few seconds that one is typing. Call it as often as a key is pressed: more than once in 3 s is dropped, and so is
    /// what cannot be told at once.
    /// </summary>
    public Task TypingAsync(CancellationToken cancel = default) => _chat.Running.Type(Id, cancel);

    /// <summary>Hides it from one's list until its next message.</summary>
    public Task HideAsync(CancellationToken cancel = default) => _chat.Ask(hub => hub.HideConversation(new HideConversation { Conversation = Id }), cancel);

    /// <summary>Puts it before all that is not pinned in one's list, or takes it down again. Repeatable.</summary>
    public Task PinAsync(bool pinned, CancellationToken cancel = default) =>
        _chat.Ask(hub => hub.PinConversation(new PinConversation { Conversation = Id, Pinned = pinned }), cancel);

    /// <summary>Marks it as one of which one's devices are to make no noise, or takes the mark away. Repeatable.</summary>
    public Task MuteAsync(bool muted, CancellationToken cancel = default) =>
        _chat.Ask(hub => hub.MuteConversation(new MuteConversation { Conversation = Id, Muted = muted }), cancel);

    /// <summary>The id.</summary>
    public override string ToString() => Id.Value;
}
