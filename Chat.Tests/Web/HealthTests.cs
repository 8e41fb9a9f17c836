using System.Net;
using Chat.Server.Storage;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Web;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live", "alive\n")]
    [InlineData("/health/ready", "ready\n")]
    public async Task A_server_that_is_up_says_so_and_no_more(string path, string said)
    {
        await using var server = await TestServer.Start();

        (await server.Http.GetStringAsync(path)).Should().Be(said);
    }

    [Fact]
    public async Task It_is_not_ready_while_the_storage_does_not_answer_and_ready_again_when_it_does()
    {
        ManualClock clock = new();
        await using var server = await TestServer.Start(clock: clock);
        TaskCompletionSource<int> over = new();
        var reads = Enumerable.Range(0, 4).Select(_ => server.Services.GetRequiredService<Database>().Read(_ => over.Task)).ToList();

        var asked = server.Http.GetAsync("/health/ready");
        await Eventually.Is(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return asked.IsCompleted;
        }, "the wait for the storage has an end");

        (await asked).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await server.Http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        over.SetResult(1);
        await Task.WhenAll(reads);
        (await server.Http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_asks_for_the_health_may_know_the_server_by_its_address_only()
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.SendAsync(new(HttpMethod.Get, "/health/ready") { Headers = { Host = "10.1.2.3:5080" } });

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
