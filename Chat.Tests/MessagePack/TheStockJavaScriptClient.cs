using Chat.Tests.Support;

namespace Chat.Tests.MessagePack;

/// <summary>The published packages @microsoft/signalr and @microsoft/signalr-protocol-msgpack, as they are, on Node.</summary>
public sealed class TheStockJavaScriptClient
{
    [Fact]
    public async Task Sees_the_same_under_both_protocols()
    {
        await using var server = await MirrorServer.Start();

        var output = await Command.Run(await Command.NodeFolder(), "node", "messagepack.mjs", server.WebSocket.ToString());

        output.Should().EndWith("The same under both protocols.\n");
    }
}
