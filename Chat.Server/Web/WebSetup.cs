using Microsoft.Extensions.Options;

namespace Chat.Server.Web;

/// <summary>The way of a request, from the socket to the endpoints.</summary>
internal static class WebSetup
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidator>();
        builder.AddListener();
        builder.AddHosts();
        builder.AddOrigins();
        builder.Services.AddSingleton<ConnectionCount>();
        builder.Services.AddRouting();
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Faults>();
        app.UseHosts();
        app.UseMiddleware<RequestRules>();
        app.UseMiddleware<DrainGate>();
        app.UseOrigins();
        app.UseWhen(request => request.Request.Path.StartsWithSegments(Paths.Hub), hub => hub.UseMiddleware<ConnectionLimits>());
    }
}
