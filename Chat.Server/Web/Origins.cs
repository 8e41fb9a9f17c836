using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

/// <summary>
/// Which pages may use the hub and the session cookie: the server's own and those that the settings name, compared to the letter.
/// Programs that are no browser send no origin and are let through; what a browser adds by itself, a cookie, does not count for them.
/// </summary>
internal sealed class Origins(IOptions<WebOptions> options)
{
    private readonly HashSet<string> _allowed = new(WebOptions.Split(options.Value.AllowedOrigins), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Named => _allowed;

    public bool Allows(HttpRequest request) => request.Headers.Origin.Count == 0 || IsNamed(request);

    /// <summary>Whether a browser says that an allowed page is behind the request, or somebody who opened an address.</summary>
    public bool Vouches(HttpRequest request) => IsNamed(request) || IsOpened(request);

    private bool IsNamed(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && (origin == $"{request.Scheme}://{request.Host.Value}" || _allowed.Contains(origin));

    private static bool IsOpened(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Origin.Count == 0
        && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document"
        && request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "same-site" or "none";
}

internal static partial class OriginsSetup
{
    public static void AddOrigins(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Origins>();
        builder.Services.AddCors();
    }

    public static void UseOrigins(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<Origins>();
        app.Use((context, next) =>
        {
            if (!IsGuarded(context.Request.Path) || origins.Allows(context.Request)) return next(context);
            Log.Refused(app.Logger, context.Request.Headers.Origin.ToString(), context.Request.Path);
            return context.Refuse(StatusCodes.Status403Forbidden, "Pages of this origin may not connect here; Web:AllowedOrigins names those that may.");
        });
        // Lets the pages of other allowed origins read what they are answered.
        if (origins.Named.Count > 0) app.UseCors(policy => policy.WithOrigins([.. origins.Named]).AllowAnyHeader().WithMethods("GET", "POST", "DELETE").AllowCredentials());
    }

    private static bool IsGuarded(PathString path) => path.StartsWithSegments(Paths.Hub) || path.StartsWithSegments(Paths.Session);

    private static partial class Log
    {
        [LoggerMessage(910, LogLevel.Information, "A page of origin {Origin} was refused {Path}.")]
        public static partial void Refused(ILogger logger, string origin, PathString path);
    }
}
