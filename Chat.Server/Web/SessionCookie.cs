using System.Net.Http.Headers;

namespace Chat.Server.Web;

/// <summary>
/// The session's token where script cannot read it. A browser hands the token over once, as bearer, and from then on its cookie logs the
/// connections of allowed pages in.
/// </summary>
internal static class SessionCookie
{
    // As long as browsers keep any: each use moves the session's expiry away, but not the cookie's, and the server asks the session.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>The token in the request's cookie, if it is there and counts: a cookie that another site's page made the browser send does not.</summary>
    public static string? From(HttpContext context) =>
        context.RequestServices.GetRequiredService<Origins>().Vouches(context.Request) ? context.Request.Cookies[NameFor(context.Request)] : null;

    /// <param name="app">Where the endpoints are mapped.</param>
    /// <param name="holds">Whether a token has a session.</param>
    public static void MapSession(this WebApplication app, Func<string, Task<bool>> holds)
    {
        app.MapPost(Paths.Session, async (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (BearerOf(context.Request) is not { } token || !await holds(token))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                return Results.Unauthorized();
            }
            context.Response.Cookies.Append(NameFor(context.Request), token, Options(context.Request, Kept));
            return Results.NoContent();
        });
        app.MapDelete(Paths.Session, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request));
            return Results.NoContent();
        });
    }

    // Browsers keep cookies by host and not by port: two servers on one machine must not take each other's.
    private static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-chat" : $"chat-{request.Host.Port ?? 80}";

    private static CookieOptions Options(HttpRequest request, TimeSpan? kept = null) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", MaxAge = kept };

    private static string? BearerOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
