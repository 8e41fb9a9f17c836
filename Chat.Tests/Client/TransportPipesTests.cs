using System.Net.WebSockets;
using Chat.Client.Transport;

namespace Chat.Tests.Client;

/// <summary>Promises 1 and 2 of <see cref="WebSocketConnection"/>, seen from its pipes on one side and a raw WebSocket on the other.</summary>
public sealed class TransportPipesTests
{
    private static readonly byte[] Megabyte = new byte[1 << 20];
    private readonly RawPeer _peer = new();

    [Fact]
    public async Task A_flush_is_one_message_whatever_its_size()
    {
        await using var server = await TransportServer.Start(raw: _peer.Listen);
        var connection = await server.ConnectRaw();

        foreach (var length in (int[])[1, 5_000, 1 << 20, 7])
        {
            await connection.Transport.Output.WriteAsync(Megabyte.AsMemory(0, length)).Soon();
            (await _peer.Arrived.ReadAsync().Soon()).Should().Be((WebSocketMessageType.Text, length));
        }
    }

    [Fact]
    public async Task A_writer_waits_for_a_server_that_does_not_read()
    {
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (socket, http) =>
        {
            await read.Task;
            await _peer.Listen(socket, http);
        });
        var connection = await server.ConnectRaw();

        var (stalled, written) = await RawPeer.WriteUntilStalled(async () => await connection.Transport.Output.WriteAsync(Megabyte));
        read.SetResult();
        await stalled.Soon();

        for (var message = 0; message < written; message++) (await _peer.Arrived.ReadAsync().Soon()).Length.Should().Be(Megabyte.Length);
    }

    [Fact]
    public async Task A_server_waits_for_a_client_that_does_not_read()
    {
        TaskCompletionSource<int> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (socket, http) =>
        {
            var (stalled, written) = await RawPeer.WriteUntilStalled(() => socket.SendAsync(Megabyte, WebSocketMessageType.Binary, true, default));
            sent.SetResult(written);
            await stalled;
            await _peer.Listen(socket, http);
        });
        var connection = await server.ConnectRaw();
        var expected = await sent.Task.Soon() * (long)Megabyte.Length;

        while (expected > 0) expected -= await RawPeer.Take(connection.Transport.Input);

        expected.Should().Be(0, "all that was sent arrives once it is read");
    }
}
