using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

/// <summary>The web server and what it puts up with. A chat's requests are small: what is larger is not one.</summary>
internal static class Listener
{
    public const int BodyLimit = 64 * 1024;

    public static void AddListener(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrel().UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
        {
            // A reader who stops must be noticed after a few hundred kilobytes and not after the megabytes that the kernel would take.
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = 64 * 1024;
            return socket;
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IConfiguration, IOptions<WebOptions>>((kestrel, configuration, web) =>
        {
            kestrel.Configure(configuration.GetSection("Kestrel"), reloadOnChange: false);
            kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 4 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 60;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinResponseDataRate = null; // how long a reader may stop is Delivery:WriteLimit, and nothing else
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
            // A last resort without words; ConnectionLimits says no politely well before. Those to the hub are not counted here once they are open.
            kestrel.Limits.MaxConcurrentConnections = Math.Min(web.Value.MaxConnections + 1_000L, OpenFiles.Connections - OpenFiles.HubConnections);
        });
    }
}
