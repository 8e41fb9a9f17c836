using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

/// <summary>What no request may be, whatever it asks for.</summary>
internal sealed class RequestRules(RequestDelegate next, IOptions<WebOptions> options)
{
    private static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "CONNECT"]; // CONNECT: a WebSocket over HTTP/2
    private static readonly string[] Tokens = ["token", "access_token"];

    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (!Methods.Contains(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD, POST, DELETE, OPTIONS";
            return context.Refuse(StatusCodes.Status405MethodNotAllowed, "There is nothing here that answers this method.");
        }
        if (request.ContentLength > Listener.BodyLimit)
        {
            context.Response.Headers.Connection = "close"; // rather than reading on to the next request
            return context.Refuse(StatusCodes.Status413PayloadTooLarge, $"A request has at most {Listener.BodyLimit} bytes.");
        }
        // Kestrel puts a length aside that comes with chunks. Proxies read such a request in two ways, and what one of them overlooks is smuggled in.
        if (request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey("X-Content-Length"))
        {
            context.Response.Headers.Connection = "close";
            return context.Refuse(StatusCodes.Status400BadRequest, "A request has a length or chunks, not both.");
        }
        if (Tokens.Any(request.Query.ContainsKey))
            return context.Refuse(StatusCodes.Status400BadRequest, "A token does not travel in a URL: resume with it, send it as bearer, or use the session cookie.");
        if (options.Value.RequireHttps && !request.IsHttps && !request.Path.StartsWithSegments(Paths.Health))
            return context.Refuse(StatusCodes.Status403Forbidden, "This server is reached by https only.");
        return next(context);
    }
}
