using System.Net;
using Chat.Server.Hosting;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Hosting;

public sealed class DrainingTests
{
    [Fact]
    public async Task Readiness_ends_before_anything_else()
    {
        await using var held = await Held.Start();

        held.Draining.Begin();

        (await held.Http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await held.Http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        held.HasStopped.Should().BeFalse();
    }

    [Theory]
    [InlineData("/chat")]
    [InlineData("/session")]
    [InlineData("/")]
    public async Task Nobody_new_is_let_in(string path)
    {
        await using var held = await Held.Start();
        held.Draining.Begin();

        var answer = await held.Http.GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
        answer.Headers.ConnectionClose.Should().BeTrue();
    }

    [Fact]
    public async Task The_application_stops_once_everybody_has_said_farewell()
    {
        await using var held = await Held.Start();
        held.Draining.Begin();
        await Eventually.Is(() => held.IsSayingFarewell, "the rooms are asked");
        held.HasStopped.Should().BeFalse();

        held.Release();

        await Eventually.Is(() => held.HasStopped, "the application stops");
    }

    [Fact]
    public async Task A_farewell_without_end_is_cut_short()
    {
        await using var held = await Held.Start("--Process:DrainLimit=7");
        held.Draining.Begin();
        await Eventually.Is(() => held.IsSayingFarewell, "the rooms are asked");
        held.Clock.Advance(TimeSpan.FromSeconds(6.9));
        held.HasStopped.Should().BeFalse();

        held.Clock.Advance(TimeSpan.FromSeconds(0.2));

        await Eventually.Is(() => held.HasStopped, "the application stops");
    }

    [Fact]
    public async Task A_farewell_that_fails_keeps_nothing_from_stopping()
    {
        await using var held = await Held.Start();
        held.Draining.Begin();

        held.Break();

        await Eventually.Is(() => held.HasStopped, "the application stops");
    }

    [Fact]
    public async Task It_begins_once()
    {
        await using var held = await Held.Start();

        held.Draining.Begin().Should().BeTrue();
        held.Draining.Begin().Should().BeFalse();
    }

    /// <summary>A server with a room that takes as long over its farewell as the test wants.</summary>
    private sealed class Held : IAsyncDisposable
    {
        private readonly TaskCompletionSource _over = new();
        private TestServer _server = null!;

        public ManualClock Clock { get; } = new();
        public bool IsSayingFarewell { get; private set; }
        public HttpClient Http => _server.Http;
        public Draining Draining => _server.Services.GetRequiredService<Draining>();
        public bool HasStopped => _server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

        public static async Task<Held> Start(params string[] settings)
        {
            Held held = new();
            held._server = await TestServer.Start(settings, held.Clock, builder => builder.Services.AddSingleton<Farewell>(held.Farewell));
            return held;
        }

        public void Release() => _over.TrySetResult();

        public void Break() => _over.TrySetException(new InvalidOperationException("A farewell that fails."));

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        private Task Farewell(CancellationToken cancel)
        {
            IsSayingFarewell = true;
            return _over.Task;
        }
    }
}
