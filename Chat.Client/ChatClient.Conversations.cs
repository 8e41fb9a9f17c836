using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>The one private chat with a user, whoever starts it and however often; with oneself, a notebook.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchUser</c>, <c>unavailable</c>.</exception>
    public async Task<ChatConversation> StartPrivateChatAsync(string with, CancellationToken cancel = default) =>
        new(this, await Ask(hub => hub.StartPrivateChat(new StartPrivateChat { With = with }), cancel).ConfigureAwait(false));

    /// <summary>A new conference, with oneself as its owner. What became of each name says <see cref="ChatConversation.Invited"/>.</summary>
    /// <param name="title">At most 100 characters; null for none.</param>
    /// <param name="with">User names of at least two others; an open conference may begin with none.</param>
    /// <param name="openName">Makes it open: anybody may find it under this name and join.</param>
    /// <exception cref="ChatRefusedException"><c>nameTaken</c>, <c>invalid</c> with the field.</exception>
    public async Task<ChatConversation> StartConferenceAsync(
        string? title, IEnumerable<string> with, string? openName = null, CancellationToken cancel = default)
    {
        StartConference request = new() { OperationId = OperationId.New(Clock), Title = title, With = [.. with], OpenName = openName };
        return new(this, await Ask(hub => hub.StartConference(request), cancel).ConfigureAwait(false));
    }

    /// <summary>The conversation of this id, as it is now.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>, also where one is not in it.</exception>
    public async Task<ChatConversation> ConversationAsync(ConversationId conversation, CancellationToken cancel = default) =>
        new(this, await Ask(hub => hub.GetConversation(new GetConversation { Conversation = conversation }), cancel).ConfigureAwait(false));

    /// <summary>One's conversations as they are now: pinned first, then newest activity first.</summary>
    /// <param name="all">Also those hidden or left.</param>
    public async IAsyncEnumerable<ChatConversation> ConversationsAsync(bool all = false, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ListConversations request = new() { All = all, Limit = Limits.PageOfConversations };
        while (true)
        {
            var page = await Ask(hub => hub.ListConversations(request), cancel).ConfigureAwait(false);
            foreach (var row in page.Items) yield return new(this, row);
            if (page.Next is null) yield break;
            request = request with { After = page.Next };
        }
    }

    /// <summary>Conferences that anybody may join, in order of names.</summary>
    /// <param name="text">The beginning of the name; null for all.</param>
    public async IAsyncEnumerable<OpenConference> OpenConferencesAsync(string? text = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ListOpenConferences request = new() { Text = text, Limit = Limits.PageOfConversations };
        while (true)
        {
            var page = await Ask(hub => hub.ListOpenConferences(request), cancel).ConfigureAwait(false);
            foreach (var row in page.Items) yield return row;
            if (page.Next is null) yield break;
            request = request with { After = page.Next };
        }
    }

    /// <summary>Joins an open conference; all that was said in it is readable from then on. Repeatable.</summary>
    /// <param name="name">Without the <c>#</c>.</param>
    /// <exception cref="ChatRefusedException"><c>noSuchConversation</c>.</exception>
    public async Task<ChatConversation> JoinConferenceAsync(string name, CancellationToken cancel = default) =>
        new(this, await Ask(hub => hub.JoinConference(new JoinConference { Name = name }), cancel).ConfigureAwait(false));
}
