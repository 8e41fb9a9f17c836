using Chat.Contracts;
using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

/// <summary>
/// Closes, within a second of its time: a client that was silent for too long, whether it ever pinged or not; a connection that does not
/// log in; a session that expired. All by the monotonic clock but the last.
/// </summary>
internal sealed class Watchdog(Connections connections, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<Watchdog> logger)
    : Recurring(TimeSpan.FromSeconds(1), clock, logger)
{
    private readonly TimeProvider _clock = clock;

    public override Task Deed()
    {
        foreach (var connection in connections.All) Look(connection);
        return Task.CompletedTask;
    }

    private void Look(Connection connection)
    {
        if (connection.Silence > connection.Patience) connection.Close(null);
        else if (connection.User is null && _clock.GetElapsedTime(connection.OpenedAt) > TimeSpan.FromSeconds(options.Value.AnonymousLimit)) connection.Close(null);
        else if (connection.User is not null && connection.ExpiresAt <= _clock.GetUtcNow())
            connection.End(SessionEndReason.Expired);
    }
}
