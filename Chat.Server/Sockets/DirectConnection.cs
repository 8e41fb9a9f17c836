using System.IO.Pipelines;
using System.Net.Sockets;
using System.Net.WebSockets;
using Chat.Server.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;

namespace Chat.Server.Sockets;

/// <summary>
/// A hub connection over a WebSocket of our own keeping: read through the web server and the framework's WebSocket, which knows what frames may be;
/// written straight to the socket.
/// </summary>
internal sealed class DirectConnection : DefaultConnectionContext, IConnectionHeartbeatFeature, ITransferFormatFeature, IHttpContextFeature
{
    private static readonly StreamPipeReaderOptions WithoutBufferWhileIdle = new(leaveOpen: true, useZeroByteReads: true);

    private readonly List<(Action<object> Act, object State)> _beats = [];
    private readonly FrameWriter _writer;
    private readonly WebSocket _webSocket;
    private readonly MessageStream _messages;

    /// <param name="context">Of the request, which lasts as long as the connection.</param>
    /// <param name="stream">What the web server reads, from the upgrade on.</param>
    /// <param name="socket">Of the same connection; the web server writes nothing to it any more.</param>
    /// <param name="clock">Judges how long a write takes.</param>
    public DirectConnection(HttpContext context, Stream stream, Socket socket, TimeProvider clock) : base(Guid.NewGuid().ToString("N"))
    {
        socket.Blocking = false;
        _writer = new(socket, clock);
        _webSocket = WebSocket.CreateFromStream(new UpgradedStream(stream, _writer), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        _messages = new(_webSocket);
        HttpContext = context;
        User = context.User;
        Transport = new Pipes(PipeReader.Create(_messages, WithoutBufferWhileIdle), _writer);
        Features.Set<IConnectionHeartbeatFeature>(this);
        Features.Set<ITransferFormatFeature>(this);
        Features.Set<IHttpContextFeature>(this);
        Features.Set<DirectOutput>(new(_writer));
    }

    public HttpContext? HttpContext { get; set; }

    public TransferFormat SupportedFormats => TransferFormat.Text | TransferFormat.Binary;

    public TransferFormat ActiveFormat
    {
        get => _writer.IsBinary ? TransferFormat.Binary : TransferFormat.Text;
        set => _writer.IsBinary = value == TransferFormat.Binary;
    }

    /// <summary>How long the client has not taken what was written.</summary>
    public TimeSpan Stuck => _writer.Stuck;

    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_beats) _beats.Add((action, state));
    }

    public void Beat()
    {
        lock (_beats)
        {
            foreach (var (act, state) in _beats) act(state);
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => HttpContext?.Abort();

    /// <summary>Says that it is over and waits for the client to say so, too: whoever ends the connection first may lose what is still on the way.</summary>
    public async Task Close(CancellationToken cancel)
    {
        try
        {
            await _writer.Close().AsTask().WaitAsync(cancel);
            var scratch = new byte[1024];
            while (await _messages.ReadAsync(scratch, cancel) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or InvalidOperationException)
        {
            if (!_messages.IsClosed) Cut();
        }
        finally
        {
            _webSocket.Dispose();
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
