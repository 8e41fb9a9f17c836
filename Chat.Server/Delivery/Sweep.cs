using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

/// <summary>Every second: entries that no commit here and no hint told of are found all the same.</summary>
internal sealed partial class Sweep(Feeds feeds, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<Sweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.SweepEvery), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await feeds.Sweep();
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "A sweep failed; the next one makes it good.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
