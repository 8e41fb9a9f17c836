using System.Buffers.Text;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Chat.Server.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Chat.Server.Sockets;

/// <summary>
/// Takes the upgrades to WebSockets whose frames can go straight to the socket. What it does not take (TLS, HTTP/2, a server inside a test, what is
/// no proper upgrade) goes on to the framework's endpoint, which can do the same for all of them and takes more time over it.
/// </summary>
internal sealed class DirectFrames(ConnectionDelegate hub, Heart heart, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        if (!options.Value.DirectFrames || SocketOf(context) is not { } socket || AcceptOf(context.Request) is not { } accept)
        {
            await next(context);
            return;
        }
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = accept;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        DirectConnection connection = new(context, stream, socket, clock);
        heart.Begin(connection);
        try
        {
            await hub(connection);
            using CancellationTokenSource limit = new(CloseLimit, clock);
            await connection.Close(limit.Token);
        }
        finally
        {
            heart.End(connection);
            await connection.DisposeAsync();
        }
    }

    // With TLS, what goes to the socket is not what the client is to read.
    private static Socket? SocketOf(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && context.Features.Get<ITlsHandshakeFeature>() is null
            ? context.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;

#pragma warning disable CA5350 // It keeps nothing secret: the RFC wants this hash.
    /// <summary>What proves that the upgrade was understood, RFC 6455 section 4.2.2; null where it is none.</summary>
    private static string? AcceptOf(HttpRequest request)
    {
        var headers = request.Headers;
        var key = headers.SecWebSocketKey.ToString();
        var isUpgrade = HttpMethods.IsGet(request.Method)
            && headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            && headers.SecWebSocketVersion == "13"
            && key.Length == 24 && Base64.IsValid(key, out var length) && length == 16;
        return isUpgrade ? Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))) : null;
    }
#pragma warning restore CA5350
}
