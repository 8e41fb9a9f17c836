using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Chat.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>Frames are text or binary as the hub protocol asks.</summary>
public sealed class TransportFormatTests
{
    [Fact]
    public Task A_text_protocol_travels_in_text_frames() =>
        Frames_are(WebSocketMessageType.Text, services => services);

    [Fact]
    public Task A_binary_protocol_travels_in_binary_frames() =>
        Frames_are(WebSocketMessageType.Binary, services => services.AddSingleton<IHubProtocol, BinaryProtocol>());

    [Fact]
    public async Task A_binary_protocol_is_understood_by_the_server()
    {
        await using var server = await TransportServer.Start(services => services.AddSingleton<IHubProtocol, BinaryProtocol>());
        var connection = await server.Connect(builder => builder.Services.AddSingleton<IHubProtocol, BinaryProtocol>());

        (await connection.InvokeAsync<string>("Echo", "one and zero").Soon()).Should().Be("one and zero");
    }

    private static async Task Frames_are(WebSocketMessageType expected, Func<IServiceCollection, IServiceCollection> addProtocol)
    {
        TaskCompletionSource<WebSocketMessageType> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (socket, _) =>
            seen.SetResult((await socket.ReceiveAsync(new byte[100], default)).MessageType));
        await using var client = addProtocol(new HubConnectionBuilder().WithChatServer(server.Raw).Services).BuildServiceProvider();
        var connection = await server.ConnectRaw(client);

        await connection.Transport.Output.WriteAsync(new byte[10]).Soon();

        (await seen.Task.Soon()).Should().Be(expected);
    }

    // JSON that calls itself binary: the smallest protocol that travels so.
    private sealed class BinaryProtocol : IHubProtocol
    {
        private readonly JsonHubProtocol _json = new();

        public string Name => "binary-json";
        public int Version => 1;
        public TransferFormat TransferFormat => TransferFormat.Binary;
        public bool IsVersionSupported(int version) => version == Version;
        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);
        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);
        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
            _json.TryParseMessage(ref input, binder, out message);
    }
}
