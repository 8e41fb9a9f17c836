using System.Collections.Concurrent;
using Chat.Server.Delivery;
using Microsoft.Extensions.Options;

namespace Chat.Server.Sockets;

/// <summary>Beats once a second for every direct connection: SignalR pings by it, and whoever takes nothing for too long is cut.</summary>
internal sealed class Heart(IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<Heart> logger) : Recurring(TimeSpan.FromSeconds(1), clock, logger)
{
    private readonly ConcurrentDictionary<DirectConnection, bool> _connections = [];

    public void Begin(DirectConnection connection) => _connections[connection] = true;

    public void End(DirectConnection connection) => _connections.TryRemove(connection, out _);

    public override Task Deed()
    {
        foreach (var (connection, _) in _connections)
        {
            if (connection.Stuck > TimeSpan.FromSeconds(options.Value.WriteLimit)) connection.Cut();
            else connection.Beat();
        }
        return Task.CompletedTask;
    }
}
