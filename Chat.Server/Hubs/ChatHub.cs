using Chat.Contracts;
using Chat.Server.Conversations;
using Chat.Server.Delivery;
using Chat.Server.Login;
using Chat.Server.Messages;
using Chat.Server.Presences;
using Chat.Server.Users;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Hubs;

/// <summary>The door: a method names the caller, asks one room and answers. <see cref="Doorman"/> has looked at the call before.</summary>
internal sealed partial class ChatHub(
    Entrance entrance, Arrival arrival, Sessions sessions, PasswordChange passwordChange, Deactivation deactivation,
    UserDirectory directory, Profiles profiles, Blocks blocks, Announcements announcements, PresenceBoard board,
    PrivateChats privateChats, Conferences conferences, Invitations invitations, ConversationList list, MemberList members,
    OpenConferences openConferences, Departures departures, Roles roles, OwnSettings settings,
    Messenger messenger, Amender amender, Reactions reactions, History history, ReadMarks readMarks, TypingNotices typing, Listening listening)
    : Hub<IChatClient>, IChatHub
{
    private Connection Connection => Context.Features.Get<Connection>()!;

    // Whoever is not logged in has been turned away at the door.
    private UserId Caller => Connection.User!.Value;

    private SessionId CallersSession => Connection.Session!.Value;

    private string Address => Context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString() ?? "";

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Connection.Close(null); // first, so that somebody who is arriving at this moment does not stay
        if (Connection.User is { } user) board.Went(user, Connection.Id);
        return Task.CompletedTask;
    }
}
