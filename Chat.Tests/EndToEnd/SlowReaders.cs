using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

[Collection(nameof(Alone))]
public sealed class SlowReaders : IAsyncLifetime
{
    private const int Messages = 300;
    private static readonly string Text = new('x', 8 * 1024);
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.Start([.. Relaxed.Settings, "--Delivery:WriteLimit=60", "--Delivery:ConnectionsPerUser=100"]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Who_stops_reading_delays_nobody_costs_no_memory_and_catches_up()
    {
        await using var ann = await Guest.Register(_server.Url, "ann");
        await using var bob = await Guest.Register(_server.Url, "bob");
        await (await Guest.Register(_server.Url, "cyd")).DisposeAsync();
        var plans = await ann.StartConference("Plans", "bob", "cyd");
        List<SilentClient> stopped = [];
        while (stopped.Count < 20) stopped.Add(await SilentClient.LogIn(_server.Url, "cyd", heartbeatMs: null));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var number = 0; number < Messages; number++)
        {
            (await ann.Send(plans, Text)).Ok.Should().BeTrue();
            if (number % 10 == 0) await Task.WhenAll(stopped.Select(client => client.Ping())); // alive, but not reading
        }
        await bob.Hears(plans, Messages + 1);
        bob.Heard.Clear();
        ann.Heard.Clear();

        // Twenty readers with 2.4 MB due to each: were it queued, it would be 48 MB.
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(20 * 1024 * 1024);
        (await stopped[0].ReadUpTo(plans, Messages + 1)).Should().Equal(Enumerable.Range(2, Messages).Select(seq => (long)seq));
        foreach (var client in stopped) await client.DisposeAsync();
    }
}
