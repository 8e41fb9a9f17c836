using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatConversation
{
    /// <summary>All members, in order of user names.</summary>
    public async IAsyncEnumerable<Member> MembersAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        ListMembers request = new() { Conversation = Id, Limit = Limits.PageOfConversations };
        while (true)
        {
            var page = await _chat.Ask(hub => hub.ListMembers(request), cancel).ConfigureAwait(false);
            foreach (var member in page.Items) yield return member;
            if (page.Next is null) yield break;
            request = request with { After = page.Next };
        }
    }

    /// <summary>
    /// Brings people into a conference. Of a private chat it makes a new conference of the two and them; the private chat and its history stay private.
    /// </summary>
    /// <param name="userNames">At most 500.</param>
    /// <param name="history">What the newcomers may read of what was; only owners may share any.</param>
    /// <param name="fromSeq">With <see cref="SharedHistory.FromSeq"/>: the first seq they may read.</param>
    /// <returns>This conversation, or the new one; with what became of each name in <see cref="Invited"/>.</returns>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>, <c>lobbyStays</c>, <c>invalid</c>.</exception>
    public async Task<ChatConversation> InviteAsync(
        IEnumerable<string> userNames, SharedHistory history = SharedHistory.None, long? fromSeq = null, CancellationToken cancel = default)
    {
        Invite request = new() { Conversation = Id, UserNames = [.. userNames], OperationId = OperationId.New(_chat.Clock), History = history, FromSeq = fromSeq };
        return new(_chat, await _chat.Ask(hub => hub.Invite(request), cancel).ConfigureAwait(false));
    }

    /// <summary>What was readable stays readable; nothing later comes. The last owner's leaving makes the longest-standing member owner. Repeatable.</summary>
    /// <exception cref="ChatRefusedException"><c>notAConference</c>, <c>lobbyStays</c>.</exception>
    public Task LeaveAsync(CancellationToken cancel = default) => _chat.Ask(hub => hub.LeaveConference(new LeaveConference { Conversation = Id }), cancel);

    /// <summary>Gives a conference another title. By owners.</summary>
    /// <param name="title">At most 100 characters; empty takes the title away.</param>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>, <c>notAConference</c>, <c>tooLarge</c>.</exception>
    public Task RenameAsync(string title, CancellationToken cancel = default) =>
        _chat.Ask(hub => hub.RenameConference(new RenameConference { Conversation = Id, Title = title }), cancel);

    /// <summary>Puts a member out of a conference. By owners. After a lost connection it may say <c>notAMember</c> of a member it removed.</summary>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>, <c>notAMember</c>.</exception>
    public Task RemoveAsync(string userName, CancellationToken cancel = default) =>
        _chat.Ask(hub => hub.RemoveMember(new RemoveMember { Conversation = Id, UserName = userName }), cancel);

    /// <summary>Makes a member an owner, or an owner a member. By owners. The last owner's stepping down makes the longest-standing other member owner.</summary>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>, <c>notAMember</c>.</exception>
    public Task ChangeRoleAsync(string userName, Role role, CancellationToken cancel = default) =>
        _chat.Ask(hub => hub.ChangeRole(new ChangeRole { Conversation = Id, UserName = userName, Role = role }), cancel);
}
