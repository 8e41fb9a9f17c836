using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Chat.Client.Transport;

/// <summary>Carries what is flushed into a pipe to the server, then closes. The only place that sends, so no two sends ever meet.</summary>
internal static class SendLoop
{
    /// <summary>
    /// Ends with null once the pipe is complete and empty, or its read was cancelled, and the close frame is sent (if the socket still can);
    /// otherwise with what went wrong. Never throws, never completes the pipe.
    /// </summary>
    public static async Task<Exception?> Run(WebSocket socket, PipeReader pipe, WebSocketMessageType frames)
    {
        try
        {
            while (await Forward(socket, pipe, frames)) { }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            return null;
        }
        catch (Exception lost)
        {
            return new ConnectionResetException($"The connection to the server was lost while sending: {lost.GetBaseException().Message}", lost);
        }
    }

    private static async ValueTask<bool> Forward(WebSocket socket, PipeReader pipe, WebSocketMessageType frames)
    {
        var read = await pipe.ReadAsync();
        if (read.IsCanceled) return false;

        await Send(socket, read.Buffer, frames);
        pipe.AdvanceTo(read.Buffer.End);
        return !read.IsCompleted;
    }

    // One message however many pieces the buffer has: a piece at a time, the last one marked.
    private static async ValueTask Send(WebSocket socket, ReadOnlySequence<byte> message, WebSocketMessageType frames)
    {
        while (!message.IsEmpty)
        {
            var piece = message.First;
            message = message.Slice(piece.Length);
            if (!piece.IsEmpty) await socket.SendAsync(piece, frames, endOfMessage: message.IsEmpty, CancellationToken.None);
        }
    }
}
