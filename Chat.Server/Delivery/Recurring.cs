namespace Chat.Server.Delivery;

/// <summary>A deed that is done again and again; one that fails is told and tried again the next time.</summary>
internal abstract partial class Recurring(TimeSpan every, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>Once.</summary>
    public abstract Task Deed();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PeriodicTimer timer = new(every, clock);
        // A timer that is gone ends the loop quietly, also where the host was never fully started.
        await using var stop = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await Deed();
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception, GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "{Deed} failed; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception, string deed);
    }
}
