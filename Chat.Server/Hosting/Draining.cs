using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>
/// What a room does for its connections before the process stops: tell them when to come back, let them finish, close them.
/// A room that has any registers one; the token is cancelled when its time is over.
/// </summary>
internal delegate Task Farewell(CancellationToken cancel);

/// <summary>
/// Stopping without dropping anybody. It promises:
/// 1. from its first moment nobody new is let in, and readiness says so;
/// 2. every <see cref="Farewell"/> has ended, failed or run out of time before the application stops (SignalR then closes what is left);
/// 3. it happens once, however often it is asked for.
/// </summary>
internal sealed partial class Draining(
    IServiceProvider services, IHostApplicationLifetime application, IOptions<ProcessOptions> options, TimeProvider clock, ILogger<Draining> logger)
{
    private readonly Lock _lock = new();
    private Task? _done;

    public bool HasBegun
    {
        get { lock (_lock) return _done is not null; }
    }

    /// <summary>False where it had begun before.</summary>
    public bool Begin()
    {
        lock (_lock)
        {
            if (_done is not null) return false;
            _done = Task.Run(Drain);
            return true;
        }
    }

    private async Task Drain()
    {
        Log.Began(logger);
        var limit = TimeSpan.FromSeconds(options.Value.DrainLimit);
        using CancellationTokenSource over = new(limit, clock);
        // Asked for now and not in the constructor: who drains may itself want to know whether draining has begun.
        await Task.WhenAll(services.GetServices<Farewell>().Select(farewell => Say(farewell, over.Token)));
        application.StopApplication();
    }

    private async Task Say(Farewell farewell, CancellationToken over)
    {
        try
        {
            await farewell(over).WaitAsync(over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            Log.RanOutOfTime(logger, options.Value.DrainLimit);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Information, "Stopping: nobody new is let in, connections are drained.")]
        public static partial void Began(ILogger logger);

        [LoggerMessage(11, LogLevel.Warning, "Draining was not done within {Limit} s; what is left is closed.")]
        public static partial void RanOutOfTime(ILogger logger, int limit);

        [LoggerMessage(12, LogLevel.Error, "Draining failed; what is left is closed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
