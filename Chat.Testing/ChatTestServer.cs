using Chat.Client;
using Chat.Contracts;
using Microsoft.AspNetCore.Builder;

namespace Chat.Testing;

/// <summary>
/// A chat server for one test: the real one, in this process. Clients reach it in memory, no port is opened; its limits are wide, its passwords
/// cheap, and what it stores goes with it. All members may be used from any thread.
/// </summary>
public sealed class ChatTestServer : IAsyncDisposable
{
    /// <summary>That of every user whom <see cref="LogInAsync"/> makes.</summary>
    public const string Password = "correct horse battery";

    private readonly ChatTestServerOptions _options;
    private readonly Wire _wire = new();
    private readonly SemaphoreSlim _changing = new(1);
    private WebApplication? _app;

    private ChatTestServer(ChatTestServerOptions options) => _options = options;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("chat-testing-").FullName;

    /// <summary>Starts a server that knows nobody.</summary>
    /// <exception cref="ArgumentException">A setting does not exist, or has a wrong value.</exception>
    public static async Task<ChatTestServer> StartAsync(ChatTestServerOptions? options = null, CancellationToken cancel = default)
    {
        ChatTestServer server = new(options ?? new());
        try
        {
            await server.RestartAsync(cancel).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A client of this server, live; of a new user the first time, of the same user from then on. Dispose it before the server.</summary>
    /// <param name="userName">A letter or digit, then letters, digits, <c>.</c>, <c>_</c> or <c>-</c>; 2 to 32 characters.</param>
    /// <param name="configure">Has the last word on the options of the client.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatRefusedException"><c>invalid</c>: nobody may be called so.</exception>
    public async Task<ChatClient> LogInAsync(string userName, Action<ChatClientOptions>? configure = null, CancellationToken cancel = default)
    {
        var chat = NewClient(configure);
        try
        {
            await RegisterOrLogIn(chat, userName, cancel).ConfigureAwait(false);
            return chat;
        }
        catch
        {
            await chat.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A client of this server that has not logged in.</summary>
    public ChatClient NewClient(Action<ChatClientOptions>? configure = null)
    {
        ChatClientOptions options = new();
        Configure(options);
        configure?.Invoke(options);
        return new(options);
    }

    /// <summary>
    /// Makes a client one of this server, whoever makes it: <c>services.AddChatClient(server.Configure)</c>. It comes back twenty times as fast as
    /// other clients after a loss.
    /// </summary>
    public void Configure(ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Url = Wire.Url;
        options.InProcess = _wire.Open;
        options.Random = static () => -0.45;
    }

    /// <summary>Breaks every connection there is, without a word to either side. The server goes on; clients come back by themselves.</summary>
    public void Drop() => _wire.Cut();

    /// <summary>Breaks every connection and stops the server: nobody can connect until <see cref="RestartAsync"/>.</summary>
    public async Task StopAsync(CancellationToken cancel = default)
    {
        await _changing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await End().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops the server where it runs, and starts it again with all that it has stored.</summary>
    public async Task RestartAsync(CancellationToken cancel = default)
    {
        await _changing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await End().ConfigureAwait(false);
            _app = await Server.Start(_options, Folder, cancel).ConfigureAwait(false);
            _wire.Join(_app);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops the server and deletes what it stored.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private async Task End()
    {
        _wire.Part();
        if (_app is null) return;
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _app = null;
    }

    private static async Task RegisterOrLogIn(ChatClient chat, string userName, CancellationToken cancel)
    {
        try
        {
            await chat.RegisterAsync(userName, Password, cancel: cancel).ConfigureAwait(false);
        }
        catch (ChatRefusedException known) when (known.Is(Refusal.UserNameTaken))
        {
            await chat.LogInAsync(userName, Password, cancel).ConfigureAwait(false);
        }
    }
}
