using Chat.Contracts;
using Chat.MessagePack;
using Chat.Server.Delivery;
using Chat.Server.Hosting;
using Chat.Server.Login;
using Chat.Server.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hubs;

internal static class HubSetup
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);

    public static void AddHub(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Doorman>();
        services.AddSingleton<Arrival>();
        services.AddSingleton<IAudience, Audience>();
        services.AddSingleton<Weaknesses>(room => room.GetRequiredService<IOptions<LoginOptions>>().Value.Weaknesses);
        services.AddSingleton<Weaknesses>(room => room.GetRequiredService<IOptions<RateLimitOptions>>().Value.Weaknesses);
        services.AddSingleton<Farewell>(room => room.GetRequiredService<Drain>().Run);
        services.AddSignalR(options =>
        {
            options.HandshakeTimeout = TimeSpan.FromSeconds(5);
            options.KeepAliveInterval = PingEvery;
            options.ClientTimeoutInterval = Heartbeats.Undeclared;
            options.MaximumReceiveMessageSize = Limits.CallLength;
            options.DisableImplicitFromServicesParameters = true;
            options.AddFilter<Doorman>();
        });
        services.AddHubProtocols();
    }

    /// <summary>WebSockets only: without negotiation no connection depends on reaching the same node twice.</summary>
    public static void MapChatHub(this WebApplication app, string path)
    {
        app.UseDirectFrames(path, Hub);

        // The transport gives up on a reader when the courier does, not before.
        var delivery = app.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        HttpConnectionDispatcherOptions transport = new() { Transports = HttpTransportType.WebSockets, TransportSendTimeout = TimeSpan.FromSeconds(delivery.WriteLimit) };
        app.MapConnections(path, transport, Hub);

        static void Hub(IConnectionBuilder connection) => connection.Use(Pulse.Middleware).UseHub<ChatHub>();
    }

    private static void AddHubProtocols(this IServiceCollection services)
    {
        services.RemoveAll<IHubProtocol>();
        services.AddSingleton<IHubProtocol>(new RefusingProtocol(
            new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options }))));
        services.AddSingleton<IHubProtocol>(new RefusingProtocol(new MessagePackHubProtocol(WireJson.Options)));
    }
}
