using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Client;

/// <summary>What a <see cref="ChatClient"/> has to know before it connects. Read once, when the client is made.</summary>
public sealed class ChatClientOptions
{
    /// <summary>Where the server is, absolute: <c>http://localhost:5080</c>. The hub below it, <c>/chat</c>, need not be named.</summary>
    public Uri? Url { get; set; }

    /// <summary>JSON unless said otherwise.</summary>
    public ChatProtocol Protocol { get; set; }

    /// <summary>What the user's list of sessions calls this device; at most 100 characters. The machine's name unless said otherwise.</summary>
    public string? Device { get; set; } = Environment.MachineName;

    /// <summary>Name and version of this program, for the server's diagnostics; at most 100 characters.</summary>
    public string? Program { get; set; } = $"Chat.Client/{typeof(ChatClientOptions).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>
    /// Whether the client means to hear what is said; true unless said otherwise. A program that says something and ends is sooner done without: the
    /// log-in then waits for no list of conversations, but over a reconnect what comes first in a conversation that was silent so far may be missed.
    /// </summary>
    public bool Listens { get; set; } = true;

    /// <summary>
    /// How many messages, edits, deletions and reactions may wait to be stored; 10,000 unless said otherwise. One more is refused with
    /// <c>limitReached</c>.
    /// </summary>
    public int OutboxLength { get; set; } = 10_000;

    /// <summary>Headers, certificates, proxy. Called before each try to connect, with fresh options.</summary>
    public Action<ClientWebSocketOptions>? WebSocket { get; set; }

    /// <summary>Where the client logs: ids and sizes, never texts or secrets. Nowhere unless said otherwise.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>What tells the time and rings the timers; the system's unless said otherwise.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>0 up to but not including 1: spreads the tries of many clients. Tests, which have no time, go down to -0.5: no wait at all.</summary>
    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;

    /// <summary>Opens a socket to a server in this process, instead of over the network.</summary>
    internal Func<Uri, CancellationToken, Task<WebSocket>>? InProcess { get; set; }

    internal Uri HubUrl()
    {
        if (Url is null) throw new ArgumentException($"A chat client needs the {nameof(Url)} of its server.", nameof(Url));
        if (!Url.IsAbsoluteUri) throw new ArgumentException($"The URL of the server must be absolute: {Url}", nameof(Url));
        var below = Url.AbsolutePath.TrimEnd('/');
        var path = below.EndsWith("/chat", StringComparison.Ordinal) ? below : below + "/chat";
        return Transport.WebSocketUrl.From(new UriBuilder(Url) { Path = path }.Uri);
    }
}
