using System.Net.WebSockets;
using Chat.Client;
using Chat.MessagePack;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>Frames are text or binary as the hub protocol asks.</summary>
public sealed class TransportFormatTests
{
    [Fact]
    public async Task Json_travels_in_text_frames() =>
        (await FirstFrame(builder => builder)).Should().Be(WebSocketMessageType.Text);

    [Fact]
    public async Task Messagepack_travels_in_binary_frames() =>
        (await FirstFrame(builder => builder.AddChatMessagePack())).Should().Be(WebSocketMessageType.Binary);

    [Fact]
    public async Task Messagepack_is_understood_by_the_server()
    {
        await using var server = await TransportServer.Start(services => services.AddSignalR().AddChatMessagePack());
        var connection = await server.Connect(builder => builder.AddChatMessagePack());

        (await connection.InvokeAsync<string>("Echo", "one and zero").Soon()).Should().Be("one and zero");
    }

    private static async Task<WebSocketMessageType> FirstFrame(Func<IHubConnectionBuilder, IHubConnectionBuilder> addProtocol)
    {
        TaskCompletionSource<WebSocketMessageType> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (socket, _) =>
            seen.SetResult((await socket.ReceiveAsync(new byte[100], default)).MessageType));
        await using var client = addProtocol(new HubConnectionBuilder().WithChatServer(server.Raw)).Services.BuildServiceProvider();
        var connection = await server.ConnectRaw(client);

        await connection.Transport.Output.WriteAsync(new byte[10]).Soon();

        return await seen.Task.Soon();
    }
}
