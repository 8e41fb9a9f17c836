using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using Chat.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Client;

/// <summary>A real Kestrel on 127.0.0.1: a plain SignalR hub at /hub, and at /raw a WebSocket that does what the test says.</summary>
internal sealed class TransportServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IAsyncDisposable> _connections = [];

    private TransportServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.Single()).Port;
    public Uri Hub => new($"http://127.0.0.1:{Port}/hub");
    public Uri Raw => new($"ws://127.0.0.1:{Port}/raw");

    /// <summary>How each connection that left the hub ended: null for orderly.</summary>
    public ChannelReader<Exception?> Departures => _app.Services.GetRequiredService<Channel<Exception?>>().Reader;

    public static async Task<TransportServer> Start(
        Action<IServiceCollection>? services = null, Func<WebSocket, HttpContext, Task>? raw = null, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        services?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRouting().AddLogging().AddSingleton(Channel.CreateUnbounded<Exception?>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSignalR(hub => (hub.MaximumParallelInvocationsPerClient, hub.MaximumReceiveMessageSize) = (4, 4 << 20));

        var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<TransportHub>("/hub", endpoint => endpoint.Transports = HttpTransportType.WebSockets);
        app.Map("/raw", async (HttpContext http) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await raw!(socket, http);
        });
        await app.StartAsync();
        return new(app);
    }

    public async Task<HubConnection> Connect(Action<IHubConnectionBuilder>? configure = null)
    {
        var builder = new HubConnectionBuilder().WithChatServer(Hub);
        configure?.Invoke(builder);
        var connection = Track(builder.Build());
        await connection.StartAsync().Soon();
        return connection;
    }

    /// <summary>The connection below SignalR, as the factory makes it, to /raw.</summary>
    public async Task<ConnectionContext> ConnectRaw(IServiceProvider? client = null)
    {
        client ??= new HubConnectionBuilder().WithChatServer(Raw).Services.BuildServiceProvider();
        return Track(await client.GetRequiredService<IConnectionFactory>().ConnectAsync(new UriEndPoint(Raw)).AsTask().Soon());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync().AsTask().Soon();
        await _app.DisposeAsync().AsTask().Soon();
    }

    private T Track<T>(T connection) where T : IAsyncDisposable
    {
        _connections.Add(connection);
        return connection;
    }
}
