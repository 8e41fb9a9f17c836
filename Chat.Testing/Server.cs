using Chat.Server;
using Chat.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Chat.Testing;

/// <summary>The service as it is for users, but for its limits, its socket, and who ends it.</summary>
internal static class Server
{
    private static readonly Dictionary<string, string?> Relaxed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Login:PasswordIterations"] = "1000",
        ["Login:PasswordQueue"] = "1000",
        ["Login:RegistrationsPerAddress"] = "0",
        ["Login:FailuresPerAddress"] = "0",
        ["RateLimits:Enabled"] = "false",
        ["Web:MaxConnectionsPerAddress"] = "10000",
        ["Presence:Grace"] = "1",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    /// <exception cref="ArgumentException">A setting does not exist, or has a wrong value.</exception>
    public static async Task<WebApplication> Start(ChatTestServerOptions options, string folder, CancellationToken cancel)
    {
        WebApplication? app = null;
        try
        {
            app = Build(options, folder);
            await app.StartAsync(cancel).ConfigureAwait(false);
            return app;
        }
        catch (Exception fault)
        {
            if (app is not null) await app.DisposeAsync().ConfigureAwait(false);
            if (fault is Mistake or OptionsValidationException) throw new ArgumentException(fault.Message, nameof(options), fault);
            throw;
        }
    }

    private static WebApplication Build(ChatTestServerOptions options, string folder)
    {
        Dictionary<string, string?> settings = new(Relaxed, StringComparer.OrdinalIgnoreCase) { ["Data"] = folder };
        foreach (var (name, value) in options.Settings) settings[name] = value;
        return ChatServer.Build(settings, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.AddSingleton<IHostLifetime, Lifetime>();
            builder.Services.AddSingleton(options.Clock);
        });
    }

    /// <summary>The signals of this process are not for the server in it.</summary>
    private sealed class Lifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
