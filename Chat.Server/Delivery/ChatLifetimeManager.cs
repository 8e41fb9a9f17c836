using Chat.Server.Transcripts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

/// <summary>
/// SignalR's seam. A group is a feed, named by its transcript's id, and who is in it is driven by the transcript: nobody is added or
/// removed by hand. What SignalR sends this way is ephemeral: offered to the couriers, never waited for.
/// </summary>
internal sealed class ChatLifetimeManager<THub>(Connections connections, Feeds feeds, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<Connection> logger)
    : HubLifetimeManager<THub> where THub : Hub
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var writeLimit = TimeSpan.FromSeconds(options.Value.WriteLimit);
        var live = new Connection(connection.ConnectionId, new SignalRLink(connection, clock), writeLimit, clock, logger);
        connection.Features.Set(live);
        connection.Features.Get<Pulse>()?.Beats(live.Heard);
        connections.Add(live);
        Watch(connection);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connection.Features.Get<Connection>() is not { } live) return Task.CompletedTask;
        live.Close(null);
        connections.Remove(live);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Offer(connections.All, methodName, args);

    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Offer(connections.All.Where(connection => !excludedConnectionIds.Contains(connection.Id)), methodName, args);

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendConnectionsAsync([connectionId], methodName, args, cancellationToken);

    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Offer(connectionIds.Select(connections.Find).OfType<Connection>(), methodName, args);

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Offer(groupNames.SelectMany(InGroup).Distinct(), methodName, args);

    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Offer(InGroup(groupName).Where(connection => !excludedConnectionIds.Contains(connection.Id)), methodName, args);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Offer(userIds.SelectMany(user => connections.Of(new(user))), methodName, args);

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Who hears a conversation is decided by its transcript.");

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Who hears a conversation is decided by its transcript.");

    // SignalR says that a connection has ended, and only then begins to close it; its request ends with the socket.
    private void Watch(HubConnectionContext connection)
    {
        if (connection.GetHttpContext() is not { } request) return;
        connections.SocketOpened();
        request.Response.OnCompleted(() =>
        {
            connections.SocketClosed();
            return Task.CompletedTask;
        });
    }

    private IEnumerable<Connection> InGroup(string name) =>
        feeds.Find(new TranscriptId(name))?.Listeners().Where(cursor => cursor.Visibility.IsOpen).Select(cursor => cursor.Connection) ?? [];

    private static Task Offer(IEnumerable<Connection> connections, string methodName, object?[] args)
    {
        Frame frame = new(methodName, args[0]!); // encoded once for each protocol, not for each connection
        foreach (var connection in connections)
        {
            if (connection.User is not null) connection.Courier.Offer(frame);
        }
        return Task.CompletedTask;
    }
}
