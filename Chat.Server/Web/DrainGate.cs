using Chat.Server.Hosting;

namespace Chat.Server.Web;

/// <summary>Lets nobody new in once the server has begun to stop. Its health is still told.</summary>
internal sealed class DrainGate(RequestDelegate next, Draining draining)
{
    private static readonly TimeSpan UntilAnotherIsUp = TimeSpan.FromSeconds(2);

    public Task Invoke(HttpContext context)
    {
        if (!draining.HasBegun) return next(context);
        context.Response.Headers.Connection = "close";
        return context.Request.Path.StartsWithSegments(Paths.Health)
            ? next(context)
            : context.RefuseFor(UntilAnotherIsUp, StatusCodes.Status503ServiceUnavailable, "The server is stopping; come back in a moment.");
    }
}
