using System.Net.WebSockets;
using Chat.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>How a hub connection over the transport ends, and what it says about it.</summary>
public sealed class TransportLossTests
{
    [Fact]
    public async Task A_client_that_stops_leaves_in_order()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        var closes = connection.Closes();

        await connection.StopAsync().Soon();

        (await closes.Soon()).Should().BeNull();
        (await server.Departures.ReadAsync().Soon()).Should().BeNull("the server saw the close frame");
    }

    [Fact]
    public async Task A_server_that_closes_in_order_leaves_no_error()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        var closes = connection.Closes();

        await connection.SendAsync("Close").Soon();

        (await closes.Soon()).Should().BeNull();
    }

    [Fact]
    public async Task A_cut_connection_ends_with_the_reason_and_fails_the_calls_under_way()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        var closes = connection.Closes();

        var call = connection.InvokeAsync("Cut");

        (await closes.Soon()).Should().BeOfType<ConnectionResetException>().Which.Message.Should().StartWith("The connection to the server was lost");
        await call.Invoking(it => it.Soon()).Should().ThrowAsync<ConnectionResetException>();
    }

    [Fact]
    public async Task A_server_that_closes_with_a_status_is_quoted()
    {
        await using var server = await TransportServer.Start(raw: async (socket, _) =>
        {
            await RawPeer.Shake(socket);
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "Come back tomorrow.", default);
        });
        await using var connection = new HubConnectionBuilder().WithChatServer(server.Raw).Build();
        var closes = connection.Closes();

        await connection.StartAsync().Soon();

        (await closes.Soon()).Should().BeOfType<ConnectionResetException>()
            .Which.Message.Should().Be("The server closed the connection with status 1008 (PolicyViolation): Come back tomorrow.");
    }

    [Fact]
    public async Task The_pings_of_the_server_keep_an_idle_connection()
    {
        // SignalR looks at its clocks once a second, on both ends.
        await using var server = await TransportServer.Start(services => PingEvery(services, TimeSpan.FromMilliseconds(500)));
        var connection = await server.Connect(builder => builder.WithServerTimeout(TimeSpan.FromSeconds(6)));

        await connection.Closes().Invoking(it => it.WaitAsync(TimeSpan.FromSeconds(12))).Should().ThrowAsync<TimeoutException>("it stays");
    }

    [Fact]
    public async Task A_server_that_went_silent_is_noticed()
    {
        await using var server = await TransportServer.Start(services => PingEvery(services, TimeSpan.FromHours(1)));
        await using var connection = new HubConnectionBuilder().WithChatServer(server.Hub).WithServerTimeout(TimeSpan.FromMilliseconds(300)).Build();
        var closes = connection.Closes();

        await connection.StartAsync().Soon();

        (await closes.Soon()).Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task A_client_disposed_while_much_arrives_leaves_nothing_behind()
    {
        await using var server = await TransportServer.Start();
        var connection = await server.Connect();
        await using var numbers = connection.StreamAsync<int>("Count", int.MaxValue).GetAsyncEnumerator();
        await numbers.MoveNextAsync().Soon();

        await connection.DisposeAsync().AsTask().Soon();

        await server.Departures.ReadAsync().Soon();
        var readOn = async () =>
        {
            while (await numbers.MoveNextAsync().Soon()) { }
        };
        await readOn.Should().ThrowAsync<OperationCanceledException>("the stream ends with its connection");
    }

    private static void PingEvery(IServiceCollection services, TimeSpan interval) => services.Configure<HubOptions>(hub => hub.KeepAliveInterval = interval);
}
