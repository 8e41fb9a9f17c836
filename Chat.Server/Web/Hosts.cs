using System.Net;
using Chat.Server.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

/// <summary>By which names the server is asked, and whom a trusted proxy speaks for.</summary>
internal static class Hosts
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static void AddHosts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HostFilteringOptions>().Configure<IOptions<WebOptions>>((hosts, web) =>
        {
            hosts.AllowedHosts = AllowedBy(web.Value, Addresses.Of(builder.Configuration));
            hosts.IncludeFailureMessage = false;
        });
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<WebOptions>>((forwarded, web) =>
        {
            // The host is left out: a proxy says it in Host, and many hand on a stranger's X-Forwarded-Host as it came.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null; // as far back as there are trusted proxies
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in WebOptions.Split(web.Value.TrustedProxies))
            {
                if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
                else forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        });
    }

    public static void UseHosts(this WebApplication app)
    {
        // Without a known proxy the framework would believe everybody.
        if (WebOptions.Split(app.Services.GetRequiredService<IOptions<WebOptions>>().Value.TrustedProxies).Length > 0) app.UseForwardedHeaders();
        // Who asks for the health of the server often knows its address only.
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(Paths.Health), others => others.UseHostFiltering());
    }

    private static string[] AllowedBy(WebOptions web, BindingAddress[] addresses)
    {
        if (WebOptions.Split(web.AllowedHosts) is { Length: > 0 } named) return named;
        return addresses.Any(address => address.IsAnyInterface()) ? ["*"] : [.. ThisMachine.Union(addresses.Select(address => address.Host))];
    }
}
