using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Chat.Client.Transport;

/// <summary>Carries what the server sends into a pipe until the server closes. Goes on when nobody reads the pipe any more, to see the close frame.</summary>
internal static class ReceiveLoop
{
    /// <summary>Ends with null after a normal close, otherwise with what went wrong; never throws, never completes the pipe.</summary>
    /// <param name="heard">Called whenever something came.</param>
    public static async Task<Exception?> Run(WebSocket socket, PipeWriter pipe, Action? heard = null)
    {
        try
        {
            while (await Receive(socket, pipe))
            {
                heard?.Invoke();
                await pipe.FlushAsync();
            }
            return Fault(socket);
        }
        catch (Exception lost)
        {
            return new ConnectionResetException($"The connection to the server was lost: {lost.GetBaseException().Message}", lost);
        }
    }

    private static async ValueTask<bool> Receive(WebSocket socket, PipeWriter pipe)
    {
        // Waiting with no buffer: an idle connection, of which a load generator has thousands, holds none.
        var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (waited.MessageType is WebSocketMessageType.Close) return false;

        var received = await socket.ReceiveAsync(pipe.GetMemory(), CancellationToken.None);
        pipe.Advance(received.Count);
        return received.MessageType is not WebSocketMessageType.Close;
    }

    private static ConnectionResetException? Fault(WebSocket socket) => socket.CloseStatus switch
    {
        WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty => null,
        var status => new($"The server closed the connection with status {(int?)status} ({status}){Because(socket.CloseStatusDescription)}"),
    };

    private static string Because(string? reason) => string.IsNullOrEmpty(reason) ? "." : $": {reason}";
}
