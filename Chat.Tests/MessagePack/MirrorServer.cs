using System.Net;
using Chat.MessagePack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.MessagePack;

/// <summary>A <see cref="MirrorHub"/> on Kestrel, for WebSockets on one port and for bare TCP on another.</summary>
internal sealed class MirrorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MirrorServer(WebApplication app) => _app = app;

    public Uri WebSocket => new($"http://127.0.0.1:{Ports[0]}/mirror");

    public IPEndPoint Tcp => new(IPAddress.Loopback, Ports[1]);

    private int[] Ports =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port)];

    public static async Task<MirrorServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHub<MirrorHub>());
        });
        builder.Services
            .AddSignalR(hub => (hub.MaximumParallelInvocationsPerClient, hub.MaximumReceiveMessageSize) = (4, 1_000_000))
            .AddJsonProtocol(UseSameOptions)
            .AddChatMessagePack();

        var app = builder.Build();
        app.MapHub<MirrorHub>("/mirror");
        await app.StartAsync();
        return new(app);
    }

    public static void UseSameOptions(JsonHubProtocolOptions json) => json.PayloadSerializerOptions = new(Wire.JsonOptions.PayloadSerializerOptions);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
