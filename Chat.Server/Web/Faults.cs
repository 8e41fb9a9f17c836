using Chat.Server.Storage;

namespace Chat.Server.Web;

/// <summary>What broke while a request was answered: logged here, told to the caller by its status alone.</summary>
internal sealed partial class Faults(RequestDelegate next, ILogger<Faults> logger)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = bad.StatusCode;
        }
        catch (StorageFault fault) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            Log.StorageFailed(logger, fault, context.Request.Path);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            Log.Failed(logger, exception, context.Request.Path);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(900, LogLevel.Warning, "The storage failed a request for {Path}.")]
        public static partial void StorageFailed(ILogger logger, Exception exception, PathString path);

        [LoggerMessage(901, LogLevel.Error, "A request for {Path} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, PathString path);
    }
}
