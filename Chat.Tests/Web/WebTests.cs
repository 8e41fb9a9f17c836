using System.Net;
using Chat.Tests.Support;

namespace Chat.Tests.Web;

/// <summary>What a request meets on its way, whatever it asks for.</summary>
public sealed class WebTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/nowhere")]
    [InlineData("/?token=abc")]
    public async Task Every_answer_tells_the_browser_what_to_keep_to(string path)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.GetAsync(path);

        answer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .StartWith("default-src 'none'; script-src 'self';").And.Contain("frame-ancestors 'none'").And.Contain("require-trusted-types-for 'script'");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").Should().Equal("same-origin");
        answer.Headers.Should().NotContainKey("Server");
    }

    [Theory]
    [InlineData("/chat?access_token=abc")]
    [InlineData("/chat?ACCESS_TOKEN=abc")]
    [InlineData("/session?token=abc")]
    [InlineData("/?token")]
    public async Task A_token_in_the_address_is_refused(string path)
    {
        await using var server = await TestServer.Start();

        (await server.Http.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("TRACE", "/chat")]
    [InlineData("PUT", "/chat")]
    [InlineData("PATCH", "/session")]
    [InlineData("TRACE", "/")]
    public async Task A_method_that_nothing_answers_is_refused(string method, string path)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.SendAsync(new(new HttpMethod(method), path));

        answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.Should().Contain(["GET", "POST"]);
    }

    [Theory]
    [InlineData("a length and chunks", 400, "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("two lengths", 400, "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")]
    [InlineData("a gigabyte", 413, "POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n")]
    [InlineData("no host", 400, "GET / HTTP/1.1\r\n\r\n")]
    [InlineData("another host", 400, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")]
    [InlineData("another host before this one", 400, "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n")]
    public async Task A_request_that_is_none_is_refused(string what, int status, string request)
    {
        await using var server = await TestServer.Start();

        (await RawHttp.Ask(server.Url, request)).Should().StartWith($"HTTP/1.1 {status}", what);
        await IsWell(server);
    }

    [Fact]
    public async Task A_header_of_64_kilobytes_is_refused()
    {
        await using var server = await TestServer.Start();

        (await RawHttp.Ask(server.Url, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 65_536)}\r\n\r\n")).Should().StartWith("HTTP/1.1 431");
        await IsWell(server);
    }

    [Fact]
    public async Task The_names_that_the_settings_allow_lead_here_and_no_others()
    {
        await using var server = await TestServer.Start(["--Web:AllowedHosts=chat.example;*.chat.example"]);

        (await Status(server, "chat.example")).Should().Be(HttpStatusCode.OK);
        (await Status(server, "eu.chat.example")).Should().Be(HttpStatusCode.OK);
        (await Status(server, "localhost")).Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Where_https_is_required_plain_http_is_refused_and_not_redirected()
    {
        await using var server = await TestServer.Start(["--Web:RequireHttps"]);

        var answer = await server.Http.GetAsync("/chat");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        answer.Headers.Location.Should().BeNull();
        (await server.Http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("10.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData(" ; ", HttpStatusCode.Forbidden)]
    public async Task A_proxy_is_believed_only_where_it_is_trusted(string trusted, HttpStatusCode status)
    {
        await using var server = await TestServer.Start(["--Web:RequireHttps", $"--Web:TrustedProxies={trusted}"]);

        var answer = await server.Http.SendAsync(new(HttpMethod.Get, "/") { Headers = { { "X-Forwarded-For", "192.0.2.1" }, { "X-Forwarded-Proto", "https" } } });

        answer.StatusCode.Should().Be(status);
    }

    private static async Task<HttpStatusCode> Status(TestServer server, string host) =>
        (await server.Http.SendAsync(new(HttpMethod.Get, "/") { Headers = { Host = host } })).StatusCode;

    private static async Task IsWell(TestServer server) => (await server.Http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
}
