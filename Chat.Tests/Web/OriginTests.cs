using System.Net;
using Chat.Tests.Support;

namespace Chat.Tests.Web;

public sealed class OriginTests
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("https://app.example.evil.com")]
    [InlineData("http://app.example", "the scheme differs")]
    [InlineData("https://app.example:8443", "the port differs")]
    [InlineData("https://APP.example", "it is compared to the letter")]
    [InlineData("http://127.0.0.1", "the port is missing")]
    [InlineData("http://localhost:1")]
    [InlineData("")]
    public async Task Pages_of_other_origins_are_refused(string origin, string because = "")
    {
        await using var server = await TestServer.Start(["--Web:AllowedOrigins=https://app.example"]);

        foreach (var path in new[] { "/chat", "/chat/negotiate", "/session" })
            (await Ask(server, path, origin)).StatusCode.Should().Be(HttpStatusCode.Forbidden, because);
    }

    [Fact]
    public async Task The_servers_own_pages_are_let_through()
    {
        await using var server = await TestServer.Start();

        (await Ask(server, "/session", server.Url)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_program_that_has_no_origin_is_let_through()
    {
        await using var server = await TestServer.Start();

        (await Ask(server, "/session", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Pages_of_allowed_origins_may_read_what_they_are_answered()
    {
        await using var server = await TestServer.Start(["--Web:AllowedOrigins=https://b.example;https://app.example"]);

        var answer = await Ask(server, "/session", "https://app.example");

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://app.example");
        answer.Headers.GetValues("Access-Control-Allow-Credentials").Should().Equal("true");
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_origin_is_the_one_that_the_browser_sees()
    {
        await using var server = await TestServer.Start(["--Web:TrustedProxies=127.0.0.1", "--Web:AllowedHosts=chat.example"]);
        HttpRequestMessage request = new(HttpMethod.Delete, "/session") { Headers = { Host = "chat.example" } };
        request.Headers.Add("Origin", "https://chat.example");
        request.Headers.Add("X-Forwarded-Proto", "https");

        (await server.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private static Task<HttpResponseMessage> Ask(TestServer server, string path, string? origin)
    {
        HttpRequestMessage request = new(HttpMethod.Delete, path);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        return server.Http.SendAsync(request);
    }
}
