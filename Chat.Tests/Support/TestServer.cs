using Chat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Support;

/// <summary>The real server in this process, over real sockets, with a data folder of its own; its clock and its parts can be replaced.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-server-").FullName;
    private readonly TestStorage _storage;
    private readonly string[] _settings;
    private readonly Action<WebApplicationBuilder> _adjust;
    private WebApplication? _app;

    private TestServer(TestStorage storage, string[] settings, Action<WebApplicationBuilder> adjust) => (_storage, _settings, _adjust) = (storage, settings, adjust);

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";
    public IServiceProvider Services => _app!.Services;
    public HttpClient Http { get; private set; } = null!;

    /// <param name="settings">As on the command line: <c>--Section:Key=VALUE</c>.</param>
    /// <param name="clock">Instead of the system's.</param>
    /// <param name="adjust">Replaces parts by registering them again.</param>
    public static async Task<TestServer> Start(string[]? settings = null, TimeProvider? clock = null, Action<WebApplicationBuilder>? adjust = null)
    {
        TestServer server = new(await TestStorage.Empty(), settings ?? [], builder =>
        {
            builder.Services.AddSingleton<IHostLifetime, NoSignals>();
            if (clock is not null) builder.Services.AddSingleton(clock);
            adjust?.Invoke(builder);
        });
        try
        {
            await server.Begin();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it and starts it again, at the same address on the same data.</summary>
    public async Task Restart()
    {
        await End();
        await Begin();
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Begin()
    {
        _app = ChatServer.Build(["--urls", Url, "--data", Path.Combine(_folder, "data"), "--Logging:LogLevel:Default=Warning", .. _storage.Settings, .. _settings], _adjust);
        await _app.StartAsync();
        Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(Url) };
    }

    private async Task End()
    {
        if (_app is null) return;
        Http?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }
}

/// <summary>The signals of the test run are not for the servers in it.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
