using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Sockets;

/// <summary>The framework's WebSocket and our own do the same for a client.</summary>
public sealed class EitherWay
{
    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Long_and_short_messages_come_whole_and_in_order(bool direct)
    {
        await using var server = await Start(direct);
        await using var ann = await Guest.Register(server.Url, "ann");
        await using var bob = await Guest.Register(server.Url, "bob");
        await (await Guest.Register(server.Url, "cyd")).DisposeAsync();
        var plans = await ann.StartConference("Plans", "bob", "cyd");

        string[] texts = [.. new[] { 1, 60, 200, 16_000, 1, 16_384 }.Select(length => new string('x', length))];
        foreach (var text in texts) (await ann.Send(plans, text)).Ok.Should().BeTrue();

        await bob.Hears(plans, texts.Length + 1);
        bob.Heard.OfType<EntryBatch>().Where(batch => batch.Conversation == plans).SelectMany(batch => batch.Entries).OfType<Message>()
            .Select(message => message.Text).Should().Equal(texts);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_closes_is_answered_by_a_close(bool direct)
    {
        await using var server = await Start(direct);
        using var client = await Connect(server.Url);

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        client.State.Should().Be(WebSocketState.Closed);
        client.CloseStatus.Should().Be(WebSocketCloseStatus.NormalClosure);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_frame_that_is_none_is_answered_by_a_close_that_says_so(bool direct)
    {
        await using var server = await Start(direct);
        using TcpClient client = new("127.0.0.1", new Uri(server.Url).Port);
        var stream = client.GetStream();
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /chat HTTP/1.1\r\nHost: {new Uri(server.Url).Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), late.Token);
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await Bytes(1))[0]);

        await stream.WriteAsync(new byte[] { 0xf1, 0x80, 1, 2, 3, 4 }, late.Token); // reserved bits are set

        head.ToString().Should().StartWith("HTTP/1.1 101").And.Contain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // the example of RFC 6455 section 1.3
        (await Bytes(4)).Should().StartWith([0x88]).And.EndWith([0x03, 0xea]); // a close, 1002

        async Task<byte[]> Bytes(int count)
        {
            var bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes, late.Token);
            return bytes;
        }
    }

    private static Task<TestServer> Start(bool direct) => TestServer.Start([.. Relaxed.Settings, $"--Delivery:DirectFrames={direct}"]);

    private static async Task<ClientWebSocket> Connect(string url)
    {
        ClientWebSocket client = new();
        await client.ConnectAsync(new Uri($"{url.Replace("http:", "ws:", StringComparison.Ordinal)}/chat"), CancellationToken.None);
        return client;
    }
}
