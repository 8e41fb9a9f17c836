using Chat.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Hubs;

/// <summary>The door.</summary>
internal sealed class ChatHub : Hub<IChatClient>;
