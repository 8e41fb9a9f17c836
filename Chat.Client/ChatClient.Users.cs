using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>The user of exactly this name, whatever its case; null where there is none.</summary>
    public async Task<Profile?> FindUserAsync(string userName, CancellationToken cancel = default)
    {
        try
        {
            return await Ask(hub => hub.FindUser(new FindUser { UserName = userName }), cancel).ConfigureAwait(false);
        }
        catch (ChatRefusedException no) when (no.Is(Refusal.NoSuchUser))
        {
            return null;
        }
    }

    /// <summary>Users whose name, or a word of whose display name, begins so. Asks for a page of 20 whenever one is used up.</summary>
    /// <param name="text">At least 2 letters.</param>
    /// <exception cref="ChatRefusedException"><c>rateLimited</c>, <c>invalid</c>.</exception>
    public async IAsyncEnumerable<Profile> SearchUsersAsync(string text, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        SearchUsers request = new() { Text = text };
        while (true)
        {
            var page = await Ask(hub => hub.SearchUsers(request), cancel).ConfigureAwait(false);
            foreach (var profile in page.Items) yield return profile;
            if (page.Next is null) yield break;
            request = request with { After = page.Next };
        }
    }

    /// <summary>What one may see of a user, presence included.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchUser</c>.</exception>
    public Task<Profile> ProfileAsync(string userName, CancellationToken cancel = default) =>
        Ask(hub => hub.GetProfile(new GetProfile { UserName = userName }), cancel);

    /// <summary>Changes one's own profile: <c>EditProfileAsync(new() { Version = chat.Me.Version, About = "…" })</c>. What is left out stays.</summary>
    /// <exception cref="ChatRefusedException">
    /// <c>staleVersion</c> where another device was faster; <see cref="Refusal.Current"/> is the profile as it is now, and so is <see cref="Me"/>.
    /// <c>outcomeUnknown</c> where the connection broke meanwhile.
    /// </exception>
    public async Task<Profile> EditProfileAsync(EditProfile edit, CancellationToken cancel = default)
    {
        try
        {
            var me = await AskOnce(hub => hub.EditProfile(edit), cancel).ConfigureAwait(false);
            See(me);
            return me;
        }
        catch (ChatRefusedException stale) when (stale.Refusal.Current is { } current)
        {
            See(current);
            throw;
        }
    }

    /// <summary>What others are shown of one's presence, on every device, until chosen anew.</summary>
    public async Task<Profile> ShowPresenceAsync(PresenceChoice choice, CancellationToken cancel = default)
    {
        var me = await Ask(hub => hub.SetPresence(new SetPresence { Choice = choice }), cancel).ConfigureAwait(false);
        See(me);
        return me;
    }

    /// <summary>Whether nobody has touched this device for a while. Holds for the present connection: say it again after a reconnect.</summary>
    public Task IdleAsync(bool idle, CancellationToken cancel = default) => Ask(hub => hub.SetPresence(new SetPresence { Idle = idle }), cancel);

    /// <summary>From here on this user can start no chat with oneself, and sees no presence, typing or read marks. Repeatable.</summary>
    public Task BlockAsync(string userName, CancellationToken cancel = default) => Ask(hub => hub.BlockUser(new BlockUser { UserName = userName }), cancel);

    /// <summary>Takes a block back. Repeatable.</summary>
    public Task UnblockAsync(string userName, CancellationToken cancel = default) => Ask(hub => hub.UnblockUser(new UnblockUser { UserName = userName }), cancel);

    /// <summary>Those whom one has blocked.</summary>
    public async Task<IReadOnlyList<Person>> BlockedUsersAsync(CancellationToken cancel = default) =>
        (await Ask(hub => hub.ListBlockedUsers(new ListBlockedUsers()), cancel).ConfigureAwait(false)).Items;

    /// <summary>For administrators: a text to every connection, kept nowhere.</summary>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>; <c>outcomeUnknown</c> where the connection broke meanwhile.</exception>
    public Task AnnounceAsync(string text, CancellationToken cancel = default) => AskOnce(hub => hub.Announce(new Announce { Text = text }), cancel);

    /// <summary>For administrators. Ends the user's sessions; what the user wrote stays. A conference without another owner gets one. Repeatable.</summary>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>, <c>noSuchUser</c>.</exception>
    public Task DeactivateUserAsync(string userName, CancellationToken cancel = default) =>
        Ask(hub => hub.DeactivateUser(new DeactivateUser { UserName = userName }), cancel);

    /// <summary>For administrators. The user may log in again. Repeatable.</summary>
    /// <exception cref="ChatRefusedException"><c>forbidden</c>, <c>noSuchUser</c>.</exception>
    public Task ReactivateUserAsync(string userName, CancellationToken cancel = default) =>
        Ask(hub => hub.ReactivateUser(new ReactivateUser { UserName = userName }), cancel);
}
