using System.Net.WebSockets;

namespace Chat.Server.Sockets;

/// <summary>
/// What a client says, as one stream of bytes: hub protocols know their messages themselves. Whoever waits with an empty buffer may give up
/// without harm to the WebSocket, which would not survive it.
/// </summary>
internal sealed class MessageStream(WebSocket webSocket) : Stream
{
    private Task<ValueWebSocketReceiveResult>? _arrival;

    /// <summary>Whether the client has said that it closes.</summary>
    public bool IsClosed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _arrival is not null) await Arrive(cancellationToken);
        while (!IsClosed && !buffer.IsEmpty)
        {
            var result = await webSocket.ReceiveAsync(buffer, cancellationToken);
            IsClosed = result.MessageType == WebSocketMessageType.Close;
            if (result.Count > 0) return result.Count; // an empty message is no end
        }
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    // Waits for a message without holding a buffer. What waits stays, and is waited for again.
    private async ValueTask Arrive(CancellationToken cancel)
    {
        if (IsClosed) return;
        _arrival ??= webSocket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask();
        IsClosed = (await _arrival.WaitAsync(cancel)).MessageType == WebSocketMessageType.Close;
        _arrival = null;
    }
}
