using Chat.Client;
using Chat.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Client;

/// <summary>SignalR's automatic reconnect, over the transport.</summary>
public sealed class TransportReconnectTests
{
    private static readonly TimeSpan[] AtOnceAndOften = [TimeSpan.Zero, .. Enumerable.Repeat(TimeSpan.FromMilliseconds(50), 200)];

    [Fact]
    public async Task A_client_comes_back_after_a_cut()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect(builder => builder.WithAutomaticReconnect(AtOnceAndOften));
        var (reconnects, returns) = (connection.Reconnects(), connection.Returns());

        await connection.SendAsync("Cut").Soon();

        (await reconnects.Soon()).Should().BeOfType<ConnectionResetException>();
        (await returns.Soon()).Should().BeNull("the new connection has no id that the client knows, either");
        (await connection.InvokeAsync<string>("Echo", "here again").Soon()).Should().Be("here again");
    }

    [Fact]
    public async Task A_client_comes_back_to_a_server_that_was_restarted()
    {
        var port = FreePort.Take();
        var server = await TransportServer.Start(port: port);
        await using var connection = await Connect(server);
        var (reconnects, returns) = (connection.Reconnects(), connection.Returns());

        await server.DisposeAsync();
        await reconnects.Soon();
        await using var again = await TransportServer.Start(port: port);

        await returns.Soon();
        (await connection.InvokeAsync<string>("Echo", "here again").Soon()).Should().Be("here again");
    }

    [Fact]
    public async Task A_client_that_is_coming_back_can_be_stopped()
    {
        var server = await TransportServer.Start();
        await using var connection = await Connect(server);
        var reconnects = connection.Reconnects();
        await server.DisposeAsync();
        await reconnects.Soon();

        await connection.StopAsync().Soon();

        connection.State.Should().Be(HubConnectionState.Disconnected);
    }

    // Outlives its server, which therefore must not dispose it.
    private static async Task<HubConnection> Connect(TransportServer server)
    {
        var connection = new HubConnectionBuilder().WithChatServer(server.Hub).WithAutomaticReconnect(AtOnceAndOften).Build();
        await connection.StartAsync().Soon();
        return connection;
    }
}
