using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Client.Transport;

/// <summary>
/// Opens a WebSocket for each try of the hub connection to connect. Frames are text or binary as the hub protocol asks;
/// there is no negotiation, so any node behind a plain proxy may answer.
/// </summary>
internal sealed class WebSocketConnectionFactory(IHubProtocol protocol, Action<ClientWebSocketOptions>? configure) : IConnectionFactory
{
    /// <summary>A server that takes the connection but never answers would otherwise be waited for without end.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Called whenever the server sent something, a ping included: it is alive.</summary>
    public Action? Heard { get; init; }

    /// <summary>Opens the socket to a server in this process; null where the server is reached over the network.</summary>
    public Func<Uri, CancellationToken, Task<WebSocket>>? InProcess { get; init; }

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not UriEndPoint { Uri: var url }) throw new NotSupportedException($"A chat server has a URL; this is a {endpoint.GetType().Name}.");

        var socket = await Open(url, cancellationToken).ConfigureAwait(false);
        var frames = protocol.TransferFormat is TransferFormat.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        return new WebSocketConnection(socket, frames, Heard);
    }

    private async Task<WebSocket> Open(Uri url, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(ConnectLimit);
        try
        {
            return await (InProcess ?? OverTheNetwork)(url, limited.Token).ConfigureAwait(false);
        }
        catch (Exception) when (limited.IsCancellationRequested)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"{WebSocketUrl.Shown(url)} did not accept the connection within {ConnectLimit.TotalSeconds} seconds.");
        }
        catch (WebSocketException refused)
        {
            // The outer message only says "unable to connect"; the innermost knows why.
            var message = $"Cannot connect to {WebSocketUrl.Shown(url)}: {refused.GetBaseException().Message}";
            throw new WebSocketException(refused.WebSocketErrorCode, message, refused);
        }
    }

    private async Task<WebSocket> OverTheNetwork(Uri url, CancellationToken cancel)
    {
        ClientWebSocket socket = new();
        try
        {
            configure?.Invoke(socket.Options);
            await socket.ConnectAsync(url, cancel).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
