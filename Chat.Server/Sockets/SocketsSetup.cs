using Chat.Server.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chat.Server.Sockets;

internal static class SocketsSetup
{
    public static void AddSockets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Heart>();
        builder.Services.AddHostedService(room => room.GetRequiredService<Heart>());
    }

    /// <param name="app">Where the framework's endpoint stands for what this one does not take.</param>
    /// <param name="path">Of the upgrade, exactly.</param>
    /// <param name="hub">What a connection goes through, to the hub.</param>
    public static void UseDirectFrames(this WebApplication app, string path, Action<IConnectionBuilder> hub)
    {
        ConnectionBuilder way = new(app.Services);
        hub(way);
        DirectFrames direct = new(
            way.Build(), app.Services.GetRequiredService<Heart>(), app.Services.GetRequiredService<IOptions<DeliveryOptions>>(), app.Services.GetRequiredService<TimeProvider>());
        app.UseWhen(request => request.Request.Path == path, to => to.Use(direct.Invoke));
    }
}
