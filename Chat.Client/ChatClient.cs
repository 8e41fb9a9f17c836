using Chat.Client.Driving;
using Chat.Client.Events;
using Chat.Client.Reading;
using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client;

/// <summary>
/// A user's client of a chat server. From the first log-in on it means to be connected: it connects, and connects again, by itself, until it is
/// logged out, refused for good or disposed. Meanwhile
/// <list type="number">
/// <item>what is sent is stored exactly once and in the order sent, however often the connection breaks;</item>
/// <item>what is read comes in order, each entry once, with no gap;</item>
/// <item>other calls wait for the connection; cancel them to wait no longer;</item>
/// <item>a "no" of the server is a <see cref="ChatRefusedException"/>, and the connection stays as it is.</item>
/// </list>
/// All members may be used from any thread.
/// </summary>
public sealed partial class ChatClient : IAsyncDisposable
{
    private readonly ChatClientOptions _options;
    private readonly ILogger<ChatClient> _logger;
    private readonly ChatEvents _events;
    private readonly Feeds _feeds = new();
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private Driver? _driver;
    private Profile? _me;
    private bool _disposed;

    /// <summary>A client that does nothing yet: it connects when somebody logs in.</summary>
    /// <param name="url">Where the server is: <c>http://localhost:5080</c>.</param>
    /// <exception cref="ArgumentException">The URL is relative, or not of http, https, ws or wss.</exception>
    public ChatClient(string url) : this(new ChatClientOptions { Url = new(url, UriKind.RelativeOrAbsolute) }) { }

    /// <inheritdoc cref="ChatClient(string)"/>
    public ChatClient(ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = options.HubUrl();
        _options = options;
        _logger = options.LoggerFactory.CreateLogger<ChatClient>();
        _events = new(_logger);
    }

    /// <summary>Where it is on its way to hearing everything, at this moment; <see cref="OnState(Action{ChatState})"/> tells of each change.</summary>
    public ChatState State => Present?.State ?? ChatState.Idle;

    /// <summary>Why the client last could not connect, lost its connection, or ended; null where nothing has gone wrong so far.</summary>
    public Exception? LastFault => Present?.LastFault;

    /// <summary>One's own profile, as this client last saw it.</summary>
    /// <exception cref="InvalidOperationException">Nobody has logged in so far.</exception>
    public Profile Me
    {
        get
        {
            lock (_lock) return _me is { } me && me.Version >= LoggedIn.Me.Version ? me : LoggedIn.Me;
        }
    }

    /// <summary>The conversation that everybody is in.</summary>
    /// <exception cref="InvalidOperationException">Nobody has logged in so far, or the server has no Lobby.</exception>
    public ChatConversation Lobby => LoggedIn.Lobby is { } lobby ? new(this, lobby) : throw new InvalidOperationException("This server has no Lobby.");

    private Session LoggedIn => Present?.Session ?? throw new InvalidOperationException("Nobody has logged in.");

    private Driver? Present
    {
        get
        {
            lock (_lock) return _driver;
        }
    }

    /// <summary>
    /// Closes the connection; the session stays, to be resumed. What still waits for an answer or to be stored throws an
    /// <see cref="ObjectDisposedException"/>. Waits for no handler.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Driver? driver;
        lock (_lock)
        {
            _disposed = true;
            driver = _driver;
        }
        if (driver is not null) await driver.DisposeAsync().ConfigureAwait(false);
    }

    internal async Task<T> Ask<T>(Func<IChatHub, Task<Answer<T>>> call, CancellationToken cancel) where T : class =>
        await Running.Calls.Ask(call, repeatable: true, cancel).ConfigureAwait(false);

    // Where doing it twice is not doing it once, and nothing tells the two apart.
    private async Task<T> AskOnce<T>(Func<IChatHub, Task<Answer<T>>> call, CancellationToken cancel) where T : class =>
        await Running.Calls.Ask(call, repeatable: false, cancel).ConfigureAwait(false);

    internal Driver Running => Present ?? throw new InvalidOperationException("Log in first.");

    internal TimeProvider Clock => _options.Clock;

    internal TranscriptReader Read(ConversationId conversation) =>
        new(conversation, _feeds, ReadPage);

    internal async Task<TranscriptPage> ReadPage(ReadTranscript request, CancellationToken cancel) =>
        await Running.Calls.Read(hub => hub.ReadTranscript(request), cancel).ConfigureAwait(false);

    private void See(Profile me)
    {
        lock (_lock)
        {
            if (_me is null || me.Version >= _me.Version) _me = me;
        }
    }
}
