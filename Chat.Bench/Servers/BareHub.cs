using Microsoft.AspNetCore.SignalR;

namespace Chat.Bench.Servers;

/// <summary>The yardstick: what SignalR does by itself, without storage, users or any promise.</summary>
internal sealed class BareHub : Hub
{
    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Send(string room, string text) => Clients.Group(room).SendAsync("Said", text);
}
