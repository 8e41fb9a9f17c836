using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Chat.Client.Transport;
using Microsoft.AspNetCore.Connections;

namespace Chat.Tests.Client;

/// <summary>Promises 3 and 4 of <see cref="WebSocketConnection"/>: how it ends, whoever ends it.</summary>
public sealed class TransportEndTests
{
    private static readonly byte[] Megabyte = new byte[1 << 20];
    private readonly RawPeer _peer = new();

    [Fact]
    public async Task What_arrived_before_a_loss_is_read_before_the_loss_is_told()
    {
        await using var server = await TransportServer.Start(raw: (socket, _) => RawPeer.SayAndFail(socket, "last words"));
        var connection = await server.ConnectRaw();
        await connection.ConnectionClosed.UntilCancelled().Soon();

        (await RawPeer.Take(connection.Transport.Input)).Should().Be("last words".Length);

        var readOn = () => connection.Transport.Input.ReadAsync().Soon();
        await readOn.Should().ThrowAsync<ConnectionResetException>().WithMessage("*1011 (InternalServerError).");
    }

    [Fact]
    public async Task A_loss_in_the_middle_of_a_message_is_told_to_who_waits_for_the_rest()
    {
        await using var server = await TransportServer.Start(raw: (socket, _) => RawPeer.SayAndFail(socket, "half a mess"));
        var input = (await server.ConnectRaw()).Transport.Input;

        var waiting = async () =>
        {
            for (var reads = 0; reads < 10; reads++)
            {
                var read = await input.ReadAsync().Soon();
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        };

        await waiting.Should().ThrowAsync<ConnectionResetException>();
    }

    [Fact]
    public async Task A_normal_close_of_the_server_ends_both_pipes()
    {
        await using var server = await TransportServer.Start(raw: (socket, _) => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default));
        var connection = await server.ConnectRaw();

        (await connection.Transport.Input.ReadAsync().Soon()).IsCompleted.Should().BeTrue();
        await connection.ConnectionClosed.UntilCancelled().Soon();
        (await connection.Transport.Output.WriteAsync(Megabyte).Soon()).IsCompleted.Should().BeTrue("nobody will read it");
    }

    [Fact]
    public async Task A_writer_that_waits_is_let_go_when_the_connection_is_cut()
    {
        TaskCompletionSource cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (_, http) =>
        {
            await cut.Task;
            http.Abort();
        });
        var connection = await server.ConnectRaw();
        var (stalled, _) = await RawPeer.WriteUntilStalled(async () => await connection.Transport.Output.WriteAsync(Megabyte));

        cut.SetResult();

        await stalled.Soon();
        await connection.Invoking(it => it.Transport.Input.ReadAsync().Soon()).Should().ThrowAsync<ConnectionResetException>();
    }

    [Fact]
    public async Task A_connection_that_can_no_longer_send_is_lost_even_if_it_could_still_receive()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient tcp = new();
        await tcp.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var socket = WebSocket.CreateFromStream(tcp.GetStream(), new WebSocketCreationOptions());
        await using WebSocketConnection connection = new(socket, WebSocketMessageType.Text) { AnswerLimit = TimeSpan.FromMilliseconds(100) };
        tcp.Client.Shutdown(SocketShutdown.Send);

        await connection.Transport.Output.WriteAsync(Megabyte).Soon();

        await connection.Invoking(it => it.Transport.Input.ReadAsync().Soon()).Should().ThrowAsync<ConnectionResetException>().WithMessage("*while sending*");
    }

    [Fact]
    public async Task An_abort_ends_both_pipes_with_its_reason()
    {
        await using var server = await TransportServer.Start(raw: _peer.Listen);
        var connection = await server.ConnectRaw();

        connection.Abort(new ConnectionAbortedException("Enough."));

        await connection.ConnectionClosed.UntilCancelled().Soon();
        await connection.Invoking(it => it.Transport.Input.ReadAsync().Soon()).Should().ThrowAsync<ConnectionAbortedException>().WithMessage("Enough.");
        (await connection.Transport.Output.WriteAsync(Megabyte).Soon()).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task What_was_flushed_before_disposing_arrives_and_then_the_close_frame()
    {
        await using var server = await TransportServer.Start(raw: _peer.Listen);
        var connection = await server.ConnectRaw();

        await connection.Transport.Output.WriteAsync(Megabyte.AsMemory(0, 60_000)).Soon();
        await connection.DisposeAsync().AsTask().Soon();

        (await _peer.Arrived.ReadAllAsync().ToListAsync().Soon()).Should().Equal((WebSocketMessageType.Text, 60_000), (WebSocketMessageType.Close, 0));
    }

    [Fact]
    public async Task Disposing_waits_a_little_for_a_server_that_has_more_to_say()
    {
        TaskCompletionSource<bool> patient = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (socket, http) =>
        {
            await socket.ReceiveAsync(new byte[10], default);
            await socket.SendAsync("one more thing"u8.ToArray(), WebSocketMessageType.Text, true, default);
            var gone = http.RequestAborted.UntilCancelled();
            patient.SetResult(await Task.WhenAny(gone, Task.Delay(200)) != gone);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
        ClientWebSocket socket = new();
        await socket.ConnectAsync(server.Raw, default).Soon();
        WebSocketConnection connection = new(socket, WebSocketMessageType.Text) { AnswerLimit = TimeSpan.FromSeconds(10) };

        await connection.DisposeAsync().AsTask().Soon();

        (await patient.Task.Soon()).Should().BeTrue();
    }

    [Fact]
    public async Task Disposing_does_not_wait_long_for_a_server_that_neither_reads_nor_answers()
    {
        await using var server = await TransportServer.Start(raw: (_, http) => http.RequestAborted.UntilCancelled());
        ClientWebSocket socket = new();
        await socket.ConnectAsync(server.Raw, default).Soon();
        var limit = TimeSpan.FromMilliseconds(100);
        WebSocketConnection connection = new(socket, WebSocketMessageType.Text) { SendLimit = limit, AnswerLimit = limit };
        var (stalled, _) = await RawPeer.WriteUntilStalled(async () => await connection.Transport.Output.WriteAsync(Megabyte));

        await connection.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

        connection.ConnectionClosed.IsCancellationRequested.Should().BeTrue("nothing runs any more");
        await stalled.Soon();
    }
}
