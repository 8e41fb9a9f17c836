using Chat.Server.Delivery;

namespace Chat.Server.Login;

/// <summary>Ends sessions that nobody used for too long, within a minute; those of connections that are there are in use.</summary>
internal sealed class SessionExpiry(Sessions sessions, Connections connections, TimeProvider clock, ILogger<SessionExpiry> logger)
    : Recurring(TimeSpan.FromMinutes(1), clock, logger)
{
    private const int AtOnce = 500;

    public override async Task Deed()
    {
        var due = connections.All.Where(connection => connection.Session is not null && !connection.IsClosed && sessions.IsToBeRenewed(connection.ExpiresAt));
        foreach (var some in due.Chunk(AtOnce)) await Renew(some);
        while (await sessions.EndExpired()) { }
    }

    private async Task Renew(Connection[] used)
    {
        var (renewed, expiresAt) = await sessions.Renew(used.Select(connection => connection.Session!.Value).Distinct());
        foreach (var connection in used.Where(connection => renewed.Contains(connection.Session!.Value))) connection.Renew(expiresAt);
    }
}
