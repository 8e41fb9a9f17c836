using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Chat.Bench.Speaking;

namespace Chat.Bench.Sockets;

/// <summary>One connection of the load: a WebSocket and a hub protocol, as little of both as is needed to count what comes.</summary>
internal sealed class Wire
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly byte[] End = "\r\n\r\n"u8.ToArray();

    private readonly Loop _loop;
    private readonly Socket _socket;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private Dictionary<long, Answered>? _calls;
    private long _lastCall;

    // Used by the loop alone.
    private readonly Frames _frames;
    private Stage _stage = Stage.Upgrading;

    private Wire(Loop loop, Socket socket, Speech speech)
    {
        _loop = loop;
        _socket = socket;
        Speech = speech;
        Handle = (int)socket.Handle;
        _frames = new(speech);
    }

    /// <summary>The whole frame of an answer.</summary>
    public delegate void Answered(ReadOnlySpan<byte> frame);

    private enum Stage { Upgrading, Shaking, Open, Closed }

    public int Handle { get; }

    public Speech Speech { get; }

    /// <summary>Messages that came, as far as they bear a stamp.</summary>
    public int Delivered { get; private set; }

    public bool IsClosed => _stage == Stage.Closed;

    /// <summary>Connects, upgrades and shakes hands.</summary>
    public static async Task<Wire> Open(Loop loop, IPEndPoint server, Speech speech)
    {
        var wire = Begin(loop, server, speech);
        await wire._opened.Task.WaitAsync(Patience);
        return wire;
    }

    // Connected without waiting for it in .NET's way: the socket would be listened to twice from then on.
    private static Wire Begin(Loop loop, IPEndPoint server, Speech speech)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        Wire wire = new(loop, socket, speech);
        loop.Add(wire);
        wire.Send(Encoding.ASCII.GetBytes(
            $"GET /chat HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        return wire;
    }

    /// <summary>Calls the hub; the answer is looked at on the loop's thread.</summary>
    public void Call(Func<string, byte[]> frame, Answered answered)
    {
        long id;
        lock (_lock)
        {
            id = ++_lastCall;
            (_calls ??= []).Add(id, answered);
        }
        Send(frame($"{id}"));
    }

    /// <summary>Calls the hub and waits for what it answers.</summary>
    public async Task<T> Ask<T>(string method, params object[] arguments)
    {
        TaskCompletionSource<T> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Call(id => Speech.Call(id, method, arguments), frame =>
        {
            try
            {
                asked.TrySetResult(Speech.Result<T>(frame));
            }
            catch (Exception exception)
            {
                asked.TrySetException(exception);
            }
        });
        return await asked.Task.WaitAsync(Patience);
    }

    public void Ping()
    {
        if (_stage == Stage.Open) Send(Speech.Ping);
    }

    public Task Close()
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            Ended();
            closed.SetResult();
        });
        return closed.Task;
    }

    /// <summary>On the loop's thread: something came.</summary>
    /// <param name="room">Bytes at the beginning of the buffer that are free.</param>
    public void Read(byte[] buffer, int room)
    {
        if (IsClosed) return;
        var received = (int)Kernel.Receive(Handle, ref buffer[room], buffer.Length - room, Kernel.DontWait);
        if (received > 0) Came(_frames.WithRest(buffer, room, received), Stopwatch.GetTimestamp());
        else if (received == 0 || Marshal.GetLastPInvokeError() is not (Kernel.Again or Kernel.Interrupted)) Ended();
    }

    private void Came(ReadOnlySpan<byte> bytes, long now)
    {
        if (_stage == Stage.Upgrading && !Upgraded(ref bytes)) return;
        while (_frames.Next(ref bytes, out var frame, _stage == Stage.Shaking)) Hear(frame, now);
        if (_frames.IsOver) Ended();
    }

    private void Hear(ReadOnlySpan<byte> frame, long now)
    {
        if (_stage == Stage.Shaking)
        {
            if (frame.Length > 3) Fail($"The server does not shake hands: {Encoding.UTF8.GetString(frame)}");
            _stage = Stage.Open;
            _opened.TrySetResult();
            return;
        }
        switch (Speech.TypeOf(frame))
        {
            case Speech.Invocation:
                Delivered += _loop.Meter.Delivery(frame, now);
                break;
            case Speech.Completion:
                Answer(frame);
                break;
        }
    }

    private void Answer(ReadOnlySpan<byte> frame)
    {
        Answered? answered = null;
        lock (_lock) _calls?.Remove(Speech.IdOf(frame), out answered);
        answered?.Invoke(frame);
    }

    // The head of the answer comes in one piece: it is short, and nothing was sent before.
    private bool Upgraded(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(End);
        if (end < 0 || !bytes.StartsWith("HTTP/1.1 101"u8))
        {
            Fail($"The server does not upgrade: {Encoding.ASCII.GetString(bytes)}");
            return false;
        }
        bytes = bytes[(end + End.Length)..];
        _stage = Stage.Shaking;
        Send(Speech.Handshake);
        return true;
    }

    private void Send(byte[] bytes)
    {
        if (IsClosed) return;
        var sent = Kernel.Send(Handle, ref bytes[0], bytes.Length, Kernel.DontWait | Kernel.NoSignal);
        if (sent != bytes.Length) _loop.Meter.Choked();
    }

    private void Fail(string why)
    {
        _opened.TrySetException(new InvalidOperationException(why));
        Ended();
    }

    private void Ended()
    {
        if (IsClosed) return;
        _stage = Stage.Closed;
        _opened.TrySetException(new IOException("The server closed the connection."));
        _loop.Remove(this);
        _socket.Dispose();
    }
}
