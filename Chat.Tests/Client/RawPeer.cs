using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Client;

/// <summary>What a server without SignalR does with its end of a WebSocket, and measures for either end.</summary>
internal sealed class RawPeer
{
    private readonly Channel<(WebSocketMessageType Type, int Length)> _arrived = Channel.CreateUnbounded<(WebSocketMessageType, int)>();

    /// <summary>Every message up to the close frame, that included.</summary>
    public ChannelReader<(WebSocketMessageType Type, int Length)> Arrived => _arrived.Reader;

    /// <summary>Reads until the close frame, answers that, and ends.</summary>
    public async Task Listen(WebSocket socket, HttpContext http)
    {
        var buffer = new byte[64 * 1024];
        for (var (length, open) = (0, true); open;)
        {
            var received = await socket.ReceiveAsync(buffer, http.RequestAborted);
            length += received.Count;
            if (!received.EndOfMessage) continue;

            _arrived.Writer.TryWrite((received.MessageType, length));
            (length, open) = (0, received.MessageType is not WebSocketMessageType.Close);
        }
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, http.RequestAborted);
        _arrived.Writer.Complete();
    }

    /// <summary>The server's half of SignalR's handshake.</summary>
    public static async Task Shake(WebSocket socket)
    {
        await socket.ReceiveAsync(new byte[100], default);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{}\u001e"), WebSocketMessageType.Text, true, default);
    }

    public static async Task SayAndFail(WebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        await socket.CloseAsync(WebSocketCloseStatus.InternalServerError, null, default);
    }

    /// <summary>
    /// The write that had to wait, and how many were begun. The kernel takes some megabytes by itself;
    /// hundreds would mean that nothing holds the writer back.
    /// </summary>
    public static async Task<(Task Stalled, int Written)> WriteUntilStalled(Func<Task> writeMegabyte)
    {
        for (var written = 1; written < 200; written++)
        {
            var writing = writeMegabyte();
            if (await Task.WhenAny(writing, Task.Delay(500)) != writing) return (writing, written);
            await writing;
        }
        throw new InvalidOperationException("The other side never held the writer back.");
    }

    public static async Task<long> Take(PipeReader input)
    {
        var read = await input.ReadAsync().Soon();
        var length = read.Buffer.Length; // before its segments are given back, and used again
        input.AdvanceTo(read.Buffer.End);
        return length;
    }
}
