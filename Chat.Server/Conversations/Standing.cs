using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>What somebody is in a conversation that stays as it is until the write is committed.</summary>
internal sealed record Standing(ConversationRow Row, Visibility Visible, Role Role)
{
    public bool IsLobby => Row.Id == Lobby.Id;

    public bool IsMember => Visible.IsOpen;

    public bool IsOwner => IsMember && Role == Role.Owner;

    /// <summary>Null for a stranger, who must not see that there is a conversation, not even by the time it takes to lock one.</summary>
    public static async Task<Standing?> Of(Sql sql, Memberships memberships, ConversationId conversation, UserId user)
    {
        if (await memberships.Of(sql, conversation, user) is null) return null;

        if (conversation != Lobby.Id) await ConversationRow.Hold(sql, conversation);
        var visible = await memberships.Of(sql, conversation, user);
        var row = await ConversationRow.Find(sql, conversation);
        return new(row!, visible!, await Roster.RoleOf(sql, conversation, user));
    }

    /// <summary>Why this one may not do there what only an owner may.</summary>
    public static Refusal? NeedsOwner(Standing? standing) => standing switch
    {
        not { IsMember: true } => Refusal.NoSuchConversation,
        { IsLobby: true } => Refusal.LobbyStays,
        { Row.Kind: ConversationKind.PrivateChat } => Refusal.NotAConference,
        { IsOwner: false } => Refusal.Forbidden,
        _ => null,
    };
}
