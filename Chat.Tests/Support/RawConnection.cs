using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Json;

namespace Chat.Tests.Support;

/// <summary>SignalR's JSON protocol by hand: text frames as no client library would send them, and every frame that comes back, as it came.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    public const char End = '\u001e';
    public const string Handshake = """{"protocol":"json","version":1}""";
    private const int InvocationType = 1;
    private const int CompletionType = 3;
    private const int PingType = 6;
    private const int CloseType = 7;
    private const string Ping = """{"type":6}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _answers = [];
    private readonly ConcurrentQueue<string> _answered = [];
    private readonly ConcurrentQueue<(string Name, string Argument)> _events = [];
    private readonly TaskCompletionSource<string> _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private int _calls;
    private long _sentAt;
    private volatile bool _over;

    private RawConnection() { }

    /// <summary>Events so far, in the order in which they came.</summary>
    public IReadOnlyCollection<(string Name, string Argument)> Events => _events;

    /// <summary>The invocation ids of the answers so far, in the order in which they came.</summary>
    public IReadOnlyCollection<string> Answered => _answered;

    /// <summary>What the server said of the handshake: nothing but braces where it agreed.</summary>
    public Task<string> Shaken => _handshake.Task.WaitAsync(Patience);

    /// <summary>The server's last frame, where it said goodbye.</summary>
    public string? Goodbye { get; private set; }

    public bool IsClosed => _reading.IsCompleted;

    /// <summary>Over as soon as nothing more can come.</summary>
    public Task Closed => _reading.WaitAsync(Patience);

    public static async Task<RawConnection> Open(string url, string? handshake = Handshake, Action<ClientWebSocketOptions>? configure = null)
    {
        for (var tries = 1; ; tries++)
        {
            var connection = await Connect(url, configure);
            if (handshake is null) return connection;
            await connection.Send(handshake);
            if (handshake != Handshake) return connection;
            var said = await connection.Shaken;
            if (said == "{}") return connection;
            await connection.DisposeAsync();
            if (!IsLate(said) || tries == 5) throw new IOException($"There was no handshake: {said}");
        }
    }

    /// <summary>Where hundreds are opened at once, a handshake may be sent later than the server waits for it. A client comes again.</summary>
    public static bool IsLate(string handshake) => handshake.Contains("canceled", StringComparison.Ordinal);

    private static async Task<RawConnection> Connect(string url, Action<ClientWebSocketOptions>? configure)
    {
        RawConnection connection = new();
        configure?.Invoke(connection._socket.Options);
        connection._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using CancellationTokenSource late = new(Patience);
        await connection._socket.ConnectAsync(new Uri($"{url.Replace("http://", "ws://", StringComparison.Ordinal)}/chat"), late.Token);
        connection._reading = connection.Read();
        return connection;
    }

    /// <summary>One SignalR message, its end included.</summary>
    public Task Send(string message) => SendText(message + End);

    /// <summary>One WebSocket message, whatever is in it.</summary>
    public Task SendText(string text) => SendBytes(Encoding.UTF8.GetBytes(text));

    public async Task SendBytes(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool endOfMessage = true)
    {
        await _sending.WaitAsync();
        try
        {
            using CancellationTokenSource late = new(Patience);
            await _socket.SendAsync(bytes, type, endOfMessage, late.Token);
            Volatile.Write(ref _sentAt, Stopwatch.GetTimestamp());
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException or OperationCanceledException { InnerException: IOException })
        {
            // The server has closed already: what it said stands in the answers.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The answer to a call with arguments as they are to travel; the whole completion.</summary>
    public async Task<string> CallRaw(string method, params string[] arguments)
    {
        var (id, answer) = Expect();
        await Send(Frame(method, id, arguments));
        return await answer;
    }

    /// <summary>The invocation id of a call to come, and its completion.</summary>
    public (string Id, Task<string> Answer) Expect()
    {
        var id = $"{Interlocked.Increment(ref _calls)}";
        var answer = _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_over) answer.TrySetException(new IOException("The connection is closed.")); // looked at only now, or the end could pass between
        return (id, answer.Task.WaitAsync(Patience));
    }

    public static string Frame(string method, string id, params string[] arguments) =>
        $$"""{"type":{{InvocationType}},"invocationId":"{{id}}","target":{{JsonSerializer.Serialize(method)}},"arguments":[{{string.Join(',', arguments)}}]}""";

    /// <summary>A call of the contract: the method that takes such a request. The answer as it came.</summary>
    public async Task<RawAnswer> Ask(object request) => new(await CallRaw(request.GetType().Name, ToJson(request)));

    public static string ToJson(object request) => JsonSerializer.Serialize(request, ChatJson.Default.GetTypeInfo(request.GetType())!);

    /// <summary>Waits for an event that has this in its argument.</summary>
    public Task Hears(string name, string part) =>
        Eventually.Is(() => _events.Any(heard => heard.Name == name && heard.Argument.Contains(part, StringComparison.Ordinal)), $"{name} with {part} comes");

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading.WaitAsync(Patience);
        _socket.Dispose();
    }

    private async Task Read()
    {
        var buffer = new byte[64 * 1024];
        List<byte> message = [];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                foreach (var one in buffer.AsSpan(0, received.Count))
                {
                    if (one != End) message.Add(one);
                    else
                    {
                        Take(Encoding.UTF8.GetString([.. message]));
                        message.Clear();
                    }
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, by either side.
        }
        _over = true;
        _handshake.TrySetException(new IOException("The connection was closed without an answer to the handshake."));
        foreach (var answer in _answers.Values) answer.TrySetException(new IOException($"The connection was closed before the answer. {Goodbye}"));
    }

    private void Take(string text)
    {
        if (_handshake.TrySetResult(text)) return;
        using var parsed = JsonDocument.Parse(text);
        var frame = parsed.RootElement;
        var type = frame.GetProperty("type").GetInt32();

        // Alive, as long as the server is. It does not ping where it has something to tell, so that who only listens would be silent for ever.
        if (type == PingType || Stopwatch.GetElapsedTime(Volatile.Read(ref _sentAt)) > Quiet) _ = Send(Ping);
        switch (type)
        {
            case InvocationType:
                _events.Enqueue((frame.GetProperty("target").GetString()!, frame.GetProperty("arguments")[0].GetRawText()));
                break;
            case CompletionType:
                var id = frame.GetProperty("invocationId").GetString()!;
                _answered.Enqueue(id);
                _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(text);
                break;
            case CloseType:
                Goodbye = text;
                break;
        }
    }
}
