using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Chat.Tests.Support;

namespace Chat.Tests.Web;

/// <summary>The browser page as it is handed out; what it does is tried in a browser.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/c/lobby")]
    [InlineData("/c/lobby/42")]
    public async Task The_address_of_a_conversation_leads_to_the_page(string path)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<script type=\"module\"").And.Contain("/app.js");
    }

    [Theory]
    [InlineData("/nothing.js")]
    [InlineData("/somewhere/else")]
    [InlineData("/metrics")]
    [InlineData("/c/lobby.css")]
    [InlineData("/../appsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/chat/nothing")]
    [InlineData("/session/nothing")]
    [InlineData("/health/nothing")]
    public async Task What_is_not_there_is_not_there(string path)
    {
        await using var server = await TestServer.Start();

        (await server.Http.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/app.js", "text/javascript; charset=utf-8")]
    [InlineData("/theme.js", "text/javascript; charset=utf-8")]
    [InlineData("/style.css", "text/css; charset=utf-8")]
    [InlineData("/icon.svg", "image/svg+xml")]
    [InlineData("/emoji.txt", "text/plain; charset=utf-8")]
    [InlineData("/manifest.webmanifest", "application/manifest+json")]
    public async Task Each_file_of_the_page_is_as_it_was_built(string path, string type)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.GetAsync(path);

        answer.Content.Headers.ContentType!.ToString().Should().Be(type);
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(await Built(path));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("deflate", null)]
    public async Task What_travels_is_packed_as_the_browser_can_take_it(string accepted, string? encoding)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.SendAsync(new(HttpMethod.Get, "/app.js") { Headers = { { "Accept-Encoding", accepted } } });

        answer.Content.Headers.ContentEncoding.Should().Equal(encoding is null ? [] : [encoding]);
        answer.Headers.Vary.Should().Equal("Accept-Encoding");
        (await Unpacked(answer)).Should().Equal(await Built("/app.js"), "an answer of 200 with an empty file shows a white page");
    }

    [Fact]
    public async Task A_browser_asks_each_time_and_is_told_that_what_it_has_still_holds()
    {
        await using var server = await TestServer.Start();
        var first = await server.Http.GetAsync("/app.js");

        var second = await server.Http.SendAsync(new(HttpMethod.Get, "/app.js") { Headers = { IfNoneMatch = { first.Headers.ETag! } } });

        first.Headers.CacheControl!.ToString().Should().Be("no-cache");
        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        (await server.Http.SendAsync(new(HttpMethod.Get, "/app.js") { Headers = { IfNoneMatch = { new EntityTagHeaderValue("\"another\"") } } })).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_head_of_a_file_comes_without_the_file()
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.SendAsync(new(HttpMethod.Head, "/app.js"));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentLength.Should().Be((await Built("/app.js")).Length);
    }

    private static Task<byte[]> Built(string path) => File.ReadAllBytesAsync(Path.Combine(Repository.Root, "Chat.Server", "wwwroot", path[1..]));

    private static async Task<byte[]> Unpacked(HttpResponseMessage answer)
    {
        await using var content = await answer.Content.ReadAsStreamAsync();
        await using Stream unpacked = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(content, CompressionMode.Decompress),
            "gzip" => new GZipStream(content, CompressionMode.Decompress),
            _ => content,
        };
        using MemoryStream all = new();
        await unpacked.CopyToAsync(all);
        return all.ToArray();
    }
}
