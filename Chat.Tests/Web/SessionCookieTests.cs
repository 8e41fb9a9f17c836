using System.Net;
using Chat.Server.Hosting;
using Chat.Server.Web;
using Chat.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Web;

public sealed class SessionCookieTests
{
    private const string Token = "a-good-token";

    [Fact]
    public async Task A_good_token_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends()
    {
        await using var room = await Room.Start();

        var answer = await room.Post($"Bearer {Token}");

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var cookie = CookieOf(answer);
        cookie.Should().StartWith($"chat-{room.Port}={Token};");
        cookie.Should().ContainAll("httponly", "samesite=strict", "path=/", "max-age=34560000");
        cookie.Should().NotContain("secure", "a browser would not keep it over plain http");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task Over_https_the_cookie_is_secure_and_bound_to_the_host()
    {
        await using var room = await Room.Start();

        var answer = await room.Post($"Bearer {Token}", forwardedProto: "https");

        CookieOf(answer).Should().StartWith($"__Host-chat={Token};").And.Contain("secure");
    }

    [Theory]
    [InlineData("Bearer another")]
    [InlineData("Bearer")]
    [InlineData("Basic a-good-token")]
    [InlineData(null)]
    public async Task A_bad_token_is_refused(string? authorization)
    {
        await using var room = await Room.Start();

        var answer = await room.Post(authorization);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.Should().NotContainKey("Set-Cookie");
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
    }

    [Fact]
    public async Task Deleting_the_session_clears_the_cookie()
    {
        await using var room = await Room.Start();

        var answer = await room.Delete();

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        CookieOf(answer).Should().StartWith($"chat-{room.Port}=;").And.Contain("expires=Thu, 01 Jan 1970");
    }

    [Fact]
    public async Task The_cookie_of_an_allowed_page_counts()
    {
        await using var room = await Room.Start();

        (await room.Proof(("Origin", room.Url))).Should().Be(Token);
    }

    [Fact]
    public async Task The_cookie_of_an_unknown_sender_does_not_count()
    {
        await using var room = await Room.Start();

        (await room.Proof()).Should().Be("none");
    }

    [Theory]
    [InlineData("none", Token)]
    [InlineData("same-origin", Token)]
    [InlineData("cross-site", "none")]
    public async Task The_cookie_counts_when_somebody_opened_the_address_from_the_same_site(string site, string proven)
    {
        await using var room = await Room.Start();

        (await room.Proof(("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"))).Should().Be(proven);
    }

    [Fact]
    public async Task The_cookie_of_an_embedded_request_without_an_origin_does_not_count()
    {
        await using var room = await Room.Start();

        (await room.Proof(("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image"))).Should().Be("none");
    }

    private static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single();

    /// <summary>The web room alone, with a room of sessions that knows one token, and a place that tells which one a cookie proves.</summary>
    private sealed class Room : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly HttpClient _http;

        private Room(WebApplication app)
        {
            _app = app;
            _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(Url) };
        }

        public string Url => _app.Urls.Single();
        public int Port => new Uri(Url).Port;

        public static async Task<Room> Start()
        {
            var builder = Settings.NewBuilder(["--urls=http://127.0.0.1:0", "--Web:TrustedProxies=127.0.0.1"]);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddProcess();
            builder.AddWeb();
            builder.Services.AddSingleton<IHostLifetime, NoSignals>();
            var app = builder.Build();
            app.UseWeb();
            app.MapSession(token => Task.FromResult(token == Token));
            app.MapGet("/chat/proof", (HttpContext context) => SessionCookie.From(context) ?? "none");
            await app.StartAsync();
            return new(app);
        }

        public Task<HttpResponseMessage> Post(string? authorization, string? forwardedProto = null)
        {
            HttpRequestMessage request = new(HttpMethod.Post, "/session");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            if (forwardedProto is not null) request.Headers.Add("X-Forwarded-Proto", forwardedProto);
            return _http.SendAsync(request);
        }

        public Task<HttpResponseMessage> Delete() => _http.DeleteAsync("/session");

        public async Task<string> Proof(params (string Name, string Value)[] headers)
        {
            HttpRequestMessage request = new(HttpMethod.Get, "/chat/proof");
            request.Headers.Add("Cookie", $"chat-{Port}={Token}");
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            return await (await _http.SendAsync(request)).Content.ReadAsStringAsync();
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _app.DisposeAsync();
        }
    }
}
