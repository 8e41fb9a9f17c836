using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace Chat.Testing;

/// <summary>What lies between the clients and the server of a test: sockets in memory, which can be cut.</summary>
internal sealed class Wire
{
    /// <summary>Nobody listens there; the server takes it for its own name.</summary>
    public static readonly Uri Url = new("http://localhost");

    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly List<WebSocket> _sockets = [];
    private TestServer? _server;

    public async Task<WebSocket> Open(Uri url, CancellationToken cancel)
    {
        var client = Present().CreateWebSocketClient();
        client.ConfigureRequest = request => request.HttpContext.Connection.RemoteIpAddress = IPAddress.Loopback;
        var socket = await client.ConnectAsync(url, cancel).ConfigureAwait(false);
        lock (_lock)
        {
            _sockets.RemoveAll(other => other.State >= WebSocketState.Closed);
            _sockets.Add(socket);
            if (_server is null) socket.Abort(); // it was stopped meanwhile
        }
        return socket;
    }

    public void Join(WebApplication app)
    {
        lock (_lock) _server = app.GetTestServer();
    }

    public void Part()
    {
        lock (_lock) _server = null;
        Cut();
    }

    public void Cut()
    {
        lock (_lock)
        {
            foreach (var socket in _sockets) socket.Abort();
            _sockets.Clear();
        }
    }

    private TestServer Present()
    {
        lock (_lock) return _server ?? throw new WebSocketException(WebSocketError.Faulted, "The test server is stopped.");
    }
}
