using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Chat.Client;
using Chat.Client.Transport;
using Chat.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.Client;

public sealed class TransportConnectTests
{
    private static readonly TimeSpan WellBeforeTheLimit = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData("http://chat.example/chat?v=1", "ws://chat.example/chat?v=1")]
    [InlineData("https://chat.example/chat", "wss://chat.example/chat")]
    [InlineData("http://localhost:5080/chat#top", "ws://localhost:5080/chat")]
    [InlineData("ws://[::1]:5080/", "ws://[::1]:5080/")]
    [InlineData("wss://chat.example:8443", "wss://chat.example:8443/")]
    public void An_http_url_means_its_websocket(string typed, string meant) => WebSocketUrl.From(new Uri(typed)).AbsoluteUri.Should().Be(meant);

    [Theory]
    [InlineData("/chat", "*must be absolute*")]
    [InlineData("ftp://chat.example/chat", "*must begin with http, https, ws or wss, not ftp*")]
    public void A_url_that_cannot_be_meant_is_refused_when_it_is_given(string typed, string because)
    {
        var build = () => new HubConnectionBuilder().WithChatServer(new Uri(typed, UriKind.RelativeOrAbsolute));

        build.Should().Throw<ArgumentException>().WithMessage(because);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Either_scheme_connects_and_the_query_is_sent_along(string scheme)
    {
        await using var server = await TransportServer.Start();
        UriBuilder url = new(server.Hub) { Scheme = scheme, Query = "v=1" };
        await using var connection = new HubConnectionBuilder().WithChatServer(url.Uri).Build();

        await connection.StartAsync().Soon();

        (await connection.InvokeAsync<string>("Query", "v").Soon()).Should().Be("1");
    }

    [Fact]
    public async Task What_is_configured_is_sent_and_asked_for_anew_with_every_start()
    {
        var tries = 0;
        await using var server = await TransportServer.Start();
        await using var connection = new HubConnectionBuilder()
            .WithChatServer(server.Hub, socket => socket.SetRequestHeader("Authorization", $"Bearer {++tries}")).Build();

        await connection.StartAsync().Soon();
        await connection.StopAsync().Soon();
        await connection.StartAsync().Soon();

        (await connection.InvokeAsync<string>("Header", "Authorization").Soon()).Should().Be("Bearer 2");
    }

    [Fact]
    public async Task The_connection_has_no_id_because_nobody_told_it()
    {
        await using var server = await TransportServer.Start();

        (await server.Connect()).ConnectionId.Should().BeNull();
    }

    [Fact]
    public async Task A_refused_connection_says_where_and_why_but_not_the_query()
    {
        await using var connection = new HubConnectionBuilder().WithChatServer(new Uri($"http://127.0.0.1:{FreePort.Take()}/chat?token=secret")).Build();

        var refused = await connection.Invoking(it => it.StartAsync().Soon()).Should().ThrowAsync<WebSocketException>();

        refused.Which.Message.Should().Match("Cannot connect to ws://127.0.0.1:*/chat: *refused*").And.NotContain("secret");
        connection.State.Should().Be(HubConnectionState.Disconnected);
    }

    [Fact]
    public async Task An_address_without_a_hub_says_the_status()
    {
        await using var server = await TransportServer.Start();
        await using var connection = new HubConnectionBuilder().WithChatServer(new Uri(server.Hub, "/nothing")).Build();

        var start = () => connection.StartAsync().Soon();

        await start.Should().ThrowAsync<WebSocketException>().WithMessage("Cannot connect to ws://*/nothing: *404*");
    }

    [Fact]
    public async Task A_start_that_nobody_answers_can_be_cancelled()
    {
        using var mute = Mute();
        using CancellationTokenSource giveUp = new();
        await using var connection = new HubConnectionBuilder().WithChatServer(Url(mute)).Build();

        var starting = connection.StartAsync(giveUp.Token);
        using var arrived = await mute.AcceptTcpClientAsync().Soon();
        await giveUp.CancelAsync();

        await starting.Invoking(it => it.WaitAsync(WellBeforeTheLimit)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_start_whose_handshake_nobody_answers_can_be_cancelled()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TransportServer.Start(raw: async (socket, http) =>
        {
            arrived.SetResult();
            await http.RequestAborted.UntilCancelled();
        });
        using CancellationTokenSource giveUp = new();
        await using var connection = new HubConnectionBuilder().WithChatServer(server.Raw).Build();

        var starting = connection.StartAsync(giveUp.Token);
        await arrived.Task.Soon();
        await giveUp.CancelAsync();

        await starting.Invoking(it => it.WaitAsync(WellBeforeTheLimit)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_server_that_never_accepts_is_given_up()
    {
        using var mute = Mute();
        WebSocketConnectionFactory factory = new(new JsonHubProtocol(), configure: null) { ConnectLimit = TimeSpan.FromMilliseconds(100) };

        var connecting = factory.ConnectAsync(new UriEndPoint(WebSocketUrl.From(Url(mute))));

        await connecting.Invoking(it => it.Soon()).Should().ThrowAsync<TimeoutException>()
            .WithMessage("ws://*did not accept the connection within 0.1 seconds*");
    }

    // Takes TCP connections and says nothing.
    private static TcpListener Mute()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Uri Url(TcpListener listener) => new($"http://{listener.LocalEndpoint}/chat");
}
