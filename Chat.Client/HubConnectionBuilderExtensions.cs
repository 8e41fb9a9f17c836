using System.Net;
using System.Net.WebSockets;
using Chat.Client.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Client;

/// <summary>How a stock <see cref="HubConnection"/> finds a chat server.</summary>
public static class HubConnectionBuilderExtensions
{
    /// <summary>
    /// Lets the connection speak to the hub at <paramref name="url"/> over one WebSocket, without negotiation:
    /// <c>new HubConnectionBuilder().WithChatServer(new Uri("http://localhost:5080/chat")).Build()</c>.
    /// <para>
    /// <see cref="HubConnection.StartAsync"/> then throws a <see cref="WebSocketException"/> when the server cannot be reached or
    /// does not accept WebSockets there, a <see cref="TimeoutException"/> when it has not accepted after 15 seconds, and an
    /// <see cref="OperationCanceledException"/> when cancelled. A connection that is lost, or that the server closes with another status than 1000
    /// (normal), ends with a <see cref="ConnectionResetException"/> whose message tells the status and the server's reason.
    /// <see cref="HubConnection.ConnectionId"/> stays null: without negotiation the server never tells it.
    /// </para>
    /// </summary>
    /// <param name="builder">The builder of the connection.</param>
    /// <param name="url">Absolute; http and ws mean the same, https and wss too. A query is sent along, a fragment is not.</param>
    /// <param name="configure">
    /// Headers, cookies, certificates, proxy. Called before each try to connect, those of an automatic reconnect included, with fresh options.
    /// </param>
    /// <exception cref="ArgumentException">The URL is relative, or of another scheme.</exception>
    public static IHubConnectionBuilder WithChatServer(this IHubConnectionBuilder builder, Uri url, Action<ClientWebSocketOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithChatServer(url, protocol => new WebSocketConnectionFactory(protocol, configure));
    }

    internal static IHubConnectionBuilder WithChatServer(this IHubConnectionBuilder builder, Uri url, Func<IHubProtocol, WebSocketConnectionFactory> factory)
    {
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(WebSocketUrl.From(url)));
        builder.Services.AddSingleton<IConnectionFactory>(services => factory(services.GetRequiredService<IHubProtocol>()));
        return builder;
    }
}
