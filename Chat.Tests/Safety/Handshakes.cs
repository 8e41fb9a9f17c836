using System.Net;
using System.Net.WebSockets;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>A: what arrives before anybody has said a word of the hub's.</summary>
public sealed class Handshakes(House house) : IClassFixture<House>
{
    private static readonly TimeSpan WellWithin = TimeSpan.FromSeconds(13); // SignalR by itself would wait for 15

    [Fact]
    public async Task A1_without_a_handshake_it_is_closed()
    {
        await using var silent = await RawConnection.Open(house.Server.Url, handshake: null);

        await Eventually.Is(() => silent.IsClosed, "who says nothing is closed", WellWithin);
        (await silent.Shaken).Should().Contain("error");
        await house.IsWell();
    }

    [Theory]
    [InlineData("A2", "")]
    [InlineData("A2", "hello")]
    [InlineData("A2", "{}")]
    [InlineData("A2", """{"protocol":"json"}""")]
    [InlineData("A2", """{"version":1}""")]
    [InlineData("A2", """["json",1]""")]
    [InlineData("A3", """{"protocol":"xml","version":1}""")]
    [InlineData("A3", """{"protocol":"json","version":0}""")]
    [InlineData("A3", """{"protocol":"json","version":-1}""")]
    [InlineData("A3", """{"protocol":"json","version":99}""")]
    [InlineData("A3", """{"protocol":"json","version":1e999}""")]
    public async Task A_handshake_that_is_none_is_refused_and_closed(string row, string handshake)
    {
        await using var stranger = await RawConnection.Open(house.Server.Url, handshake);

        (await stranger.Shaken).Should().Contain("error", row);
        await stranger.Closed;
        await house.IsWell();
    }

    [Fact]
    public async Task A4_a_handshake_without_an_end_is_closed()
    {
        await using var endless = await RawConnection.Open(house.Server.Url, handshake: null);

        await endless.SendText(new string(' ', 40 * 1024));

        await endless.Closed;
        await house.IsWell();
    }

    [Fact]
    public async Task A4_a_handshake_that_drips_is_closed_by_the_time_of_the_whole()
    {
        await using var dripping = await RawConnection.Open(house.Server.Url, handshake: null);

        await Eventually.Is(async () =>
        {
            await dripping.SendText(" ");
            return dripping.IsClosed;
        }, "dripping does not keep it open", WellWithin);
        await house.IsWell();
    }

    [Theory]
    [InlineData("""{"type":8,"sequenceId":1}""")]
    [InlineData("""{"type":8,"sequenceId":9223372036854775807}""")]
    [InlineData("""{"type":9,"sequenceId":-5}""")]
    [InlineData("""{"type":9,"sequenceId":9223372036854775807}""")]
    public async Task A5_acknowledgements_of_a_stateful_reconnect_change_nothing(string frame)
    {
        await using var visitor = await house.Someone();
        await using var stateful = await RawConnection.Open(house.Server.Url, """{"protocol":"json","version":2}""");
        if ((await stateful.Shaken) == "{}") await stateful.Send(frame);

        (await stateful.Ask(new LogIn { UserName = visitor.Name, Password = Visitor.Password })).Outcome.Should().Be("ok");
        await house.IsWell();
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1")]
    public async Task A8_a_page_of_another_origin_gets_no_socket(string origin)
    {
        using ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;

        await FluentActions.Invoking(() => socket.ConnectAsync(new Uri($"{house.Server.Url.Replace("http", "ws", StringComparison.Ordinal)}/chat"), default))
            .Should().ThrowAsync<WebSocketException>();

        socket.HttpStatusCode.Should().Be(HttpStatusCode.Forbidden);
        await house.IsWell();
    }

    [Fact]
    public async Task A8_a_page_of_its_own_gets_one()
    {
        await using var own = await RawConnection.Open(house.Server.Url, configure: options => options.SetRequestHeader("Origin", house.Server.Url));

        (await own.Shaken).Should().Be("{}");
    }

    [Fact]
    public async Task A9_there_is_nothing_but_WebSockets()
    {
        var offered = await house.Server.Http.PostAsync("/chat/negotiate?negotiateVersion=1", null);
        if (offered.IsSuccessStatusCode) (await offered.Content.ReadAsStringAsync()).Should().Contain("WebSockets").And.NotContain("LongPolling").And.NotContain("ServerSentEvents");

        using HttpRequestMessage events = new(HttpMethod.Get, "/chat") { Headers = { { "Accept", "text/event-stream" } } };
        ((int)(await house.Server.Http.SendAsync(events)).StatusCode).Should().BeInRange(400, 499);
        ((int)(await house.Server.Http.GetAsync("/chat?id=abc")).StatusCode).Should().BeInRange(400, 499);
        ((int)(await house.Server.Http.PostAsync("/chat?id=abc", null)).StatusCode).Should().BeInRange(400, 499);
        await house.IsWell();
    }
}
