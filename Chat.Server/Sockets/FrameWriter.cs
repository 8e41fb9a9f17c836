using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Chat.Server.Sockets;

/// <summary>
/// What SignalR writes, as WebSocket messages: each write or flush is one, of one frame. It promises:
/// 1. a frame goes to the socket at once, on the thread that brings it; a write completes when the socket has taken all of it;
/// 2. what the socket does not take waits here, in order, and no frame is ever mixed with another;
/// 3. after a close frame nothing follows.
/// The socket is used by nobody else for writing.
/// </summary>
internal sealed class FrameWriter(Socket socket, TimeProvider clock) : PipeWriter
{
    private const int AtLeast = 256;
    private const int Scratch = 16 * 1024;

    [ThreadStatic]
    private static byte[]? _scratch;

    private readonly Lock _lock = new();

    // Guarded by the lock.
    private ArrayBufferWriter<byte> _waiting = new();
    private Task? _draining;
    private long _stuckSince;
    private bool _isOver;

    // Used by the one who writes a message. The beginning is left free for the header.
    private byte[] _message = [];
    private int _length;

    /// <summary>Whether the messages are bytes, or text in UTF-8.</summary>
    public bool IsBinary { get; set; }

    private Opcode Opcode => IsBinary ? Opcode.Binary : Opcode.Text;

    /// <summary>How long the oldest byte that waits has not been taken by the reader's end.</summary>
    public TimeSpan Stuck
    {
        get
        {
            lock (_lock) return _draining is null ? TimeSpan.Zero : clock.GetElapsedTime(_stuckSince);
        }
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        var length = source.Length + FrameHeader.MostBytes;
        if (length > Scratch) return WriteLarge(source, length);
        var frame = _scratch ??= new byte[Scratch];
        var header = FrameHeader.Write(frame, Opcode, source.Length);
        source.Span.CopyTo(frame.AsSpan(header));
        return Put(frame.AsSpan(0, header + source.Length));
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _message.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _length += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_length == 0) return default;
        Span<byte> header = stackalloc byte[FrameHeader.MostBytes];
        header = header[..FrameHeader.Write(header, Opcode, _length - FrameHeader.MostBytes)];
        var start = FrameHeader.MostBytes - header.Length;
        header.CopyTo(_message.AsSpan(start));
        var put = Put(_message.AsSpan(start, _length - start));
        ArrayPool<byte>.Shared.Return(_message);
        (_message, _length) = ([], 0);
        return put;
    }

    /// <summary>Ends the messages. Completes when the socket has taken the last of them.</summary>
    public ValueTask<FlushResult> Close()
    {
        Span<byte> frame = stackalloc byte[FrameHeader.MostBytes + sizeof(ushort)];
        var header = FrameHeader.Write(frame, Opcode.Close, sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(frame[header..], (ushort)WebSocketCloseStatus.NormalClosure);
        return Put(frame[..(header + sizeof(ushort))]);
    }

    /// <summary>A whole frame, as it goes out.</summary>
    public ValueTask<FlushResult> Put(ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            if (_isOver) return new(new FlushResult(isCanceled: false, isCompleted: true));
            _isOver = FrameHeader.IsClose(frame);
            var taken = _draining is null ? Offer(frame) : 0;
            if (taken == frame.Length) return default;
            _waiting.Write(frame[taken..]);
            if (_draining is null)
            {
                var draining = Drain();
                if (draining.IsCompleted) return default; // there was room again meanwhile
                _draining = draining;
            }
            return new(Drained(_draining));
        }
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    private async ValueTask<FlushResult> WriteLarge(ReadOnlyMemory<byte> source, int length)
    {
        var frame = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var header = FrameHeader.Write(frame, Opcode, source.Length);
            source.CopyTo(frame.AsMemory(header));
            return await Put(frame.AsSpan(0, header + source.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    // The socket does not block: it takes what has room.
    private int Offer(ReadOnlySpan<byte> frame)
    {
        try
        {
            var taken = socket.Send(frame, SocketFlags.None, out var error);
            if (error is SocketError.Success) return taken;
            if (error is SocketError.WouldBlock) return 0;
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended meanwhile.
        }
        _isOver = true; // whoever reads finds out why
        return frame.Length;
    }

    private async Task Drain()
    {
        ArrayBufferWriter<byte> spare = new();
        while (true)
        {
            ArrayBufferWriter<byte> going;
            lock (_lock)
            {
                if (_waiting.WrittenCount == 0)
                {
                    (_draining, _waiting) = (null, new()); // what was large once is not kept
                    return;
                }
                (going, _waiting) = (_waiting, spare);
                _stuckSince = clock.GetTimestamp();
            }
            try
            {
                for (var rest = going.WrittenMemory; rest.Length > 0;) rest = rest[await socket.SendAsync(rest, SocketFlags.None)..];
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                lock (_lock)
                {
                    _isOver = true;
                    _waiting.Clear();
                }
            }
            going.Clear();
            spare = going;
        }
    }

    private static async Task<FlushResult> Drained(Task draining)
    {
        await draining;
        return default;
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, AtLeast);
        if (_message.Length - _length >= size) return;
        var used = Math.Max(_length, FrameHeader.MostBytes);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + size, 2 * _message.Length));
        _message.AsSpan(0, _length).CopyTo(larger);
        if (_message.Length > 0) ArrayPool<byte>.Shared.Return(_message);
        (_message, _length) = (larger, used);
    }
}
