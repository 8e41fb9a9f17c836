using System.Net;
using Chat.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Web;

public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task Over_the_limit_of_an_address_new_connections_are_refused_and_old_ones_stay() =>
        await IsLimited("--Web:MaxConnectionsPerAddress=2", HttpStatusCode.TooManyRequests);

    [Fact]
    public async Task Over_the_limit_of_the_server_new_connections_are_refused_and_old_ones_stay() =>
        await IsLimited("--Web:MaxConnections=2", HttpStatusCode.ServiceUnavailable);

    private static async Task IsLimited(string setting, HttpStatusCode status)
    {
        Held held = new();
        await using var server = await TestServer.Start([setting], adjust: builder => builder.Services.AddSingleton<IStartupFilter>(held));
        var first = server.Http.GetAsync("/chat/held");
        var second = server.Http.GetAsync("/chat/held");
        await Eventually.Is(() => held.Count == 2, "two connections are open");

        var third = await server.Http.GetAsync("/chat/held");

        third.StatusCode.Should().Be(status);
        third.Headers.RetryAfter!.Delta.Should().BePositive();
        (await server.Http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK, "what is not the hub is not counted");
        held.Over.SetResult();
        (await first).StatusCode.Should().Be(HttpStatusCode.OK);
        (await second).StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.Http.GetAsync("/chat/held")).StatusCode.Should().Be(HttpStatusCode.OK, "there is room again");
    }

    /// <summary>Something behind the hub's path that stays open as a connection does.</summary>
    private sealed class Held : IStartupFilter
    {
        private int _count;

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Count => Volatile.Read(ref _count);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Map("/chat/held", held => held.Run(async _ =>
            {
                Interlocked.Increment(ref _count);
                await Over.Task;
            }));
        };
    }
}
