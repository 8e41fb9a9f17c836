namespace Chat.Server.Login;

/// <summary>Ends sessions that nobody used for too long, within a minute.</summary>
internal sealed partial class SessionExpiry(Sessions sessions, TimeProvider clock, ILogger<SessionExpiry> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await sessions.EndExpired()) { }
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception); // the next minute tries again
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(710, LogLevel.Warning, "Expired sessions could not be ended.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
