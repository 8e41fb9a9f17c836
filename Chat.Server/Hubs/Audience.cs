using Chat.Contracts;
using Chat.Server.Delivery;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Hubs;

/// <summary>Who hears what. The names of groups are made here and nowhere else: a group is a feed, and bears its transcript's id.</summary>
internal sealed class Audience(IHubContext<ChatHub, IChatClient> hub, Connections connections) : IAudience
{
    public IChatClient MembersOf(ConversationId conversation, params IEnumerable<UserId> except) =>
        hub.Clients.GroupExcept(Group(conversation), except.SelectMany(connections.Of).Select(connection => connection.Id));

    public IChatClient DevicesOf(params IEnumerable<UserId> users) => hub.Clients.Groups(users.Select(Group));

    public IChatClient Everybody => hub.Clients.All;

    private static string Group(ConversationId conversation) => conversation.Value;

    private static string Group(UserId user) => user.Value;
}
