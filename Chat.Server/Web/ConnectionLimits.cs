using System.Collections.Concurrent;
using System.Net;
using Chat.Server.Login;
using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

/// <summary>How many requests to the hub are open, in all and by address. Connections are long requests; the rest hardly counts.</summary>
internal sealed class ConnectionCount
{
    private readonly ConcurrentDictionary<IPAddress, int> _byAddress = [];
    private int _all;

    /// <summary>Counts one in; its numbers include it.</summary>
    public (int All, int FromThere) Enter(IPAddress from) => (Interlocked.Increment(ref _all), _byAddress.AddOrUpdate(from, 1, (_, count) => count + 1));

    public void Leave(IPAddress from)
    {
        Interlocked.Decrement(ref _all);
        // The last one out takes the entry along, so that the table holds none but those who are here.
        while (_byAddress.TryGetValue(from, out var count))
        {
            if (count == 1 ? _byAddress.TryRemove(new(from, count)) : _byAddress.TryUpdate(from, count - 1, count)) return;
        }
    }
}

/// <summary>Says no to new connections where there are too many; those that are here stay.</summary>
internal sealed class ConnectionLimits(RequestDelegate next, ConnectionCount count, IOptions<WebOptions> options)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    public async Task Invoke(HttpContext context)
    {
        var from = context.Connection.RemoteIpAddress is { } address ? Network.Of(address) : IPAddress.None;
        var (all, fromThere) = count.Enter(from);
        try
        {
            if (fromThere > options.Value.MaxConnectionsPerAddress)
                await context.RefuseFor(Wait, StatusCodes.Status429TooManyRequests, "There are too many connections from this address already.");
            else if (all > Math.Min(options.Value.MaxConnections, OpenFiles.HubConnections))
                await context.RefuseFor(Wait, StatusCodes.Status503ServiceUnavailable, "There are too many connections already.");
            else
                await next(context);
        }
        finally
        {
            count.Leave(from);
        }
    }
}
