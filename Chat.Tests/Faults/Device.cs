using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>
/// One of very many: SignalR's JSON protocol by hand, as cheap as it can be had. It follows conversations as an SDK does (each seq
/// is applied once and in order), counts what no client may ever see, and stops reading when told.
/// </summary>
internal sealed class Device : IAsyncDisposable
{
    private const byte End = 0x1e;
    private const string PingFrame = """{"type":6}""";
    private const int NarrowBuffer = 4 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpMessageInvoker Wide = Invoker(null);
    private static readonly HttpMessageInvoker Narrow = Invoker(NarrowBuffer);

    private readonly string _url;
    private readonly bool _isNarrow;
    private readonly SemaphoreSlim _sending = new(1);
    private ClientWebSocket _socket = new();
    private TaskCompletionSource<string> _answer = new();
    private TaskCompletionSource _mayRead = new();
    private readonly ConcurrentDictionary<ConversationId, Place> _places = [];
    private Session _session = null!;
    private long _heardAt;

    private Device(string url, bool isNarrow)
    {
        (_url, _isNarrow) = (url, isNarrow);
        _mayRead.SetResult();
    }

    public string UserName => _session.Me.UserName;

    public ConversationId Lobby => _session.Lobby!.Value;

    /// <summary>Batches that left something out.</summary>
    public int Gaps { get; private set; }

    /// <summary>Seqs that came twice over one connection.</summary>
    public int Repeats { get; private set; }

    /// <summary>Over all conversations.</summary>
    public int Applied { get; private set; }

    /// <summary>When the server that said goodbye wants to see it again.</summary>
    public long? ReconnectAfterMs { get; private set; }

    /// <summary>The connection ended with a close frame, and not by being cut.</summary>
    public bool WasClosed { get; private set; }

    /// <summary>Over as soon as the connection is.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Each entry, as it is applied.</summary>
    public Action<JsonElement>? Hears { get; set; }

    /// <param name="url">Of the server.</param>
    /// <param name="userName">Free so far.</param>
    /// <param name="isNarrow">Little is taken off the server's hands by the system in between.</param>
    public static async Task<Device> Register(string url, string userName, bool isNarrow = false)
    {
        Device device = new(url, isNarrow);
        for (var tries = 1; !await device.Connect() && tries < 5; tries++) { }
        device._session = (await device.Ask(new Register { UserName = userName, Password = Guest.Password })).As<Session>();
        return device;
    }

    /// <summary>Many at once, but not more than the server has cores to hash passwords on.</summary>
    public static async Task<Device[]> Register(string url, int count, string name = "device", bool isNarrow = false)
    {
        var devices = new Device[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
            devices[number] = await Register(url, $"{name}-{number}", isNarrow));
        return devices;
    }

    /// <summary>As an SDK does it: resumed and resynced, however many tries it takes.</summary>
    public async Task ComeBack()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Task.Delay(Backoff.After(ReconnectAfterMs, tries, Random.Shared.NextDouble()));
                ReconnectAfterMs = null;
                if (!await Connect()) continue;
                _session = (await Ask(new Resume { Token = _session.Token })).As<Session>() with { Token = _session.Token };
                await Resync();
                return;
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or TimeoutException or OperationCanceledException)
            {
                // Not there yet, or busy.
            }
        }
    }

    /// <summary>The highest seq applied; 0 where nothing came so far.</summary>
    public long Have(ConversationId conversation) => _places.GetValueOrDefault(conversation)?.Have ?? 0;

    public async Task<RawAnswer> Ask(object request)
    {
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Reading.IsCompleted) throw new IOException("The connection has ended.");
        await Say(RawConnection.Frame(request.GetType().Name, "1", RawConnection.ToJson(request)));
        return new(await _answer.Task.WaitAsync(Patience));
    }

    /// <summary>Waits for the end of the connection, and ends it after so much silence that the server must be dead. Who has stopped reading hears no silence.</summary>
    public async Task Ends()
    {
        while (await Task.WhenAny(Reading, Task.Delay(Liveness.PingEvery)) != Reading)
        {
            if (_mayRead.Task.IsCompleted && Stopwatch.GetElapsedTime(Volatile.Read(ref _heardAt)) > Liveness.SilenceLimit) _socket.Abort();
        }
    }

    /// <summary>Alive, whether or not it reads.</summary>
    public Task Ping() => Say(PingFrame);

    public void StopReading() => _mayRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn()
    {
        Volatile.Write(ref _heardAt, Stopwatch.GetTimestamp());
        _mayRead.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        ReadOn();
        _socket.Abort();
        await Reading;
        _socket.Dispose();
    }

    /// <summary>False where the handshake was later than the server waits for it, as may be where very many connect at once.</summary>
    private async Task<bool> Connect()
    {
        _socket.Dispose();
        foreach (var place in _places.Values) place.FairFrom = long.MaxValue;
        WasClosed = false;
        ClientWebSocket socket = new();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket = socket;
        using CancellationTokenSource late = new(Patience);
        await socket.ConnectAsync(new Uri($"{_url.Replace("http://", "ws://", StringComparison.Ordinal)}/chat"), _isNarrow ? Narrow : Wide, late.Token);
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _heardAt, Stopwatch.GetTimestamp());
        Reading = Read(socket);
        await Say(RawConnection.Handshake);
        var said = await _answer.Task.WaitAsync(Patience);
        if (RawConnection.IsLate(said)) return false;
        said.Should().Be("{}");
        return true;
    }

    private async Task Resync()
    {
        while (true)
        {
            var answer = await Ask(new Resync { Epoch = _session.Epoch, Have = _places.ToDictionary(place => place.Key, place => place.Value.Have) });
            if (answer.Outcome != "ok") throw new IOException(answer.Text);
            var skipped = answer.As<ResyncResult>().Conversations.Where(one => one.Skipped is not null).ToList();
            if (skipped.Count == 0) break;
            foreach (var one in skipped) await ReadUpTo(one.Conversation, one.Head);
        }
        foreach (var place in _places.Values) place.FairFrom = place.Have + 1;
    }

    // Who was away for long is told the newest only, and reads the rest page by page.
    private async Task ReadUpTo(ConversationId conversation, long head)
    {
        var place = _places[conversation];
        while (place.Have < head)
        {
            var answer = await Ask(new ReadTranscript { Conversation = conversation, After = place.Have, Limit = 200 });
            if (answer.Outcome != "ok") throw new IOException(answer.Text);
            lock (place)
            {
                foreach (var entry in answer.As<TranscriptPage>().Entries.Where(entry => entry.Seq > place.Have))
                {
                    place.Have = entry.Seq;
                    Applied++;
                }
            }
        }
    }

    private async Task Say(string message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message + (char)End), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Read(ClientWebSocket socket)
    {
        var buffer = new byte[NarrowBuffer];
        var length = 0;
        try
        {
            while (true)
            {
                await _mayRead.Task;
                if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                length += received.Count;
                Volatile.Write(ref _heardAt, Stopwatch.GetTimestamp());
                var begin = 0;
                for (; buffer.AsSpan(begin, length - begin).IndexOf(End) is var end and >= 0; begin += end + 1) Take(buffer.AsMemory(begin, end));
                buffer.AsSpan(begin, length - begin).CopyTo(buffer);
                length -= begin;
            }
            WasClosed = true;
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, by either side.
        }
        _answer.TrySetException(new IOException("The connection was closed before the answer."));
    }

    private void Take(ReadOnlyMemory<byte> frame)
    {
        using var parsed = JsonDocument.Parse(frame);
        var message = parsed.RootElement;
        if (!message.TryGetProperty("type", out var type)) _answer.TrySetResult(Encoding.UTF8.GetString(frame.Span));
        else if (type.GetInt32() == 3) _answer.TrySetResult(Encoding.UTF8.GetString(frame.Span));
        else if (type.GetInt32() == 6) _ = Ping().ContinueWith(_ => { }, TaskScheduler.Default); // alive, as long as the server is
        else if (type.GetInt32() == 1) Hear(message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]);
    }

    private void Hear(string name, JsonElement argument)
    {
        if (name == nameof(IChatClient.ServerClosing)) ReconnectAfterMs = argument.GetProperty("reconnectAfterMs").GetInt64();
        if (name != nameof(IChatClient.EntriesAppended)) return;
        var from = argument.GetProperty("from").GetInt64();
        var place = _places.GetOrAdd(new(argument.GetProperty("conversation").GetString()!), _ => new() { Have = from - 1, FairFrom = from }); // begins with what comes first
        lock (place) Apply(place, from, argument);
    }

    private void Apply(Place place, long from, JsonElement argument)
    {
        if (from > place.Have + 1)
        {
            if (place.Have + 1 >= place.FairFrom) Gaps++;
            return;
        }
        foreach (var entry in argument.GetProperty("entries").EnumerateArray())
        {
            var seq = entry.GetProperty("seq").GetInt64();
            if (seq <= place.Have)
            {
                if (seq >= place.FairFrom) Repeats++;
                continue;
            }
            if (seq > place.Have + 1) Gaps++;
            place.Have = seq;
            Applied++;
            Hears?.Invoke(entry);
        }
    }

    private static HttpMessageInvoker Invoker(int? receiveBuffer) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancel) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private sealed class Place
    {
        /// <summary>From here on a seq may not come twice.</summary>
        public long FairFrom { get; set; }

        public long Have { get; set; }
    }
}
