using Chat.Server.Delivery;

namespace Chat.Server.Login;

/// <summary>Ends sessions that nobody used for too long, within a minute.</summary>
internal sealed class SessionExpiry(Sessions sessions, TimeProvider clock, ILogger<SessionExpiry> logger)
    : Recurring(TimeSpan.FromMinutes(1), clock, logger)
{
    public override async Task Deed()
    {
        while (await sessions.EndExpired()) { }
    }
}
