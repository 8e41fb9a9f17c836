using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>The bounds within which dead connections are found, on a clock that moves when told.</summary>
public sealed class Heartbeat : IAsyncLifetime
{
    private const string Ann = """{"userName":"ann"}""";
    private readonly ManualClock _clock = new();
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.Start(Relaxed.Settings, _clock);
        await (await Guest.Register(_server.Url, "ann")).DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        var stopping = _server.DisposeAsync().AsTask();
        await Eventually.Is(() => Passed(1) && stopping.IsCompleted, "the server stopped");
    }

    [Fact]
    public async Task A_client_that_declared_its_heartbeat_and_falls_silent_is_closed_within_13_s()
    {
        await using var client = await SilentClient.LogIn(_server.Url, "ann", heartbeatMs: 5_000);

        Passed(11);
        await client.Invoke("FindUser", Ann); // still there
        var closed = client.Closed();
        Passed(13);

        await closed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_client_that_declared_none_and_never_pings_is_closed_within_31_s()
    {
        await using var client = await SilentClient.LogIn(_server.Url, "ann", heartbeatMs: null);

        Passed(29);
        await client.Invoke("FindUser", Ann); // still there
        var closed = client.Closed();
        Passed(31);

        await closed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_client_that_pings_every_15_s_is_never_closed()
    {
        await using var client = await SilentClient.LogIn(_server.Url, "ann", heartbeatMs: null);
        for (var pings = 0; pings < 10; pings++)
        {
            Passed(15);
            await client.Invoke("FindUser", Ann); // any frame will do, and its answer says that it came
        }
    }

    [Fact]
    public async Task A_connection_that_does_not_log_in_is_closed_after_30_s_though_it_pings()
    {
        await using var client = await SilentClient.Connect(_server.Url);

        for (var seconds = 0; seconds < 28; seconds += 7)
        {
            Passed(7);
            await client.Invoke("FindUser", Ann); // refused, but answered
        }
        var closed = client.Closed();
        Passed(4);

        await closed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private bool Passed(int seconds)
    {
        for (; seconds > 0; seconds--) _clock.Advance(TimeSpan.FromSeconds(1));
        return true;
    }
}
