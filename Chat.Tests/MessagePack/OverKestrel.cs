using System.Net.WebSockets;
using System.Text;

namespace Chat.Tests.MessagePack;

/// <summary>A server that speaks the protocol, and a client that knows nothing but bytes.</summary>
public sealed class OverKestrel
{
    [Fact]
    public async Task A_call_is_answered()
    {
        await using var server = await MirrorServer.Start();
        using var client = await Connect(server);

        await Send(client, "96 01 80 a1 31 a6 4d 69 72 72 6f 72 91 82 a1 61 01 a1 62 93 c0 c3 a1 78 90"); // Mirror({a: 1, b: [null, true, "x"]})

        (await Receive(client)).Should().Be("11 95 03 80 a1 31 03 82 a1 61 01 a1 62 93 c0 c3 a1 78");
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_answered_with_an_error_and_the_connection_lives()
    {
        await using var server = await MirrorServer.Start();
        using var client = await Connect(server);

        await Send(client, "96 01 80 a1 31 aa 4d 69 72 72 6f 72 4e 6f 74 65 91 01 90"); // MirrorNote(1)
        (await Receive(client)).Should().Contain("95 03 80 a1 31 01", "a completion with an error");

        await Send(client, "96 01 80 a1 32 a7 4e 6f 74 68 69 6e 67 90 90"); // Nothing()
        (await Receive(client)).Should().Be("07 95 03 80 a1 32 03 c0");
    }

    [Fact]
    public async Task A_message_of_an_unknown_type_does_not_block_the_one_behind_it()
    {
        await using var server = await MirrorServer.Start();
        using var client = await Connect(server);

        await Send(client, "91 63");
        await Send(client, "96 01 80 a1 31 a7 4e 6f 74 68 69 6e 67 90 90"); // Nothing()

        (await Receive(client)).Should().Be("07 95 03 80 a1 31 03 c0");
    }

    [Fact]
    public async Task A_broken_frame_closes_its_connection_and_no_other()
    {
        await using var server = await MirrorServer.Start();
        using var broken = await Connect(server);
        using var other = await Connect(server);

        await Send(broken, "96 01 80 a1 31 a6 4d 69 72 72 6f 72 dd ff ff ff ff 90");
        (await Receive(broken)).Should().Contain(" 93 07 ", "a close comes first");
        (await Receive(broken)).Should().BeEmpty();

        await Send(other, "96 01 80 a1 31 a7 4e 6f 74 68 69 6e 67 90 90"); // Nothing()
        (await Receive(other)).Should().Be("07 95 03 80 a1 31 03 c0");
    }

    private static async Task<ClientWebSocket> Connect(MirrorServer server)
    {
        ClientWebSocket client = new();
        await client.ConnectAsync(new UriBuilder(server.WebSocket) { Scheme = "ws" }.Uri, default);
        await client.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"), WebSocketMessageType.Binary, true, default);
        (await Receive(client)).Should().Be("7b 7d 1e");
        return client;
    }

    private static async Task Send(ClientWebSocket client, string body) =>
        await client.SendAsync(Wire.Framed(Wire.Bytes(body)), WebSocketMessageType.Binary, true, default);

    private static async Task<string> Receive(ClientWebSocket client)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        var bytes = new byte[64 * 1024];
        var received = await client.ReceiveAsync(bytes, patience.Token);
        return Wire.Hex(bytes.AsSpan(0, received.Count));
    }
}
