using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>
/// J2.6: programs of users who have nothing but a stock SignalR client, JSON and MessagePack: all nine cases, broadcast, past messages and presence, and 60 s of idling,
/// against the real process with its default settings.
/// </summary>
public sealed class StockClients : IAsyncLifetime
{
    private const string IdleSeconds = "60";
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Do_the_nine_cases_and_idle_for_a_minute()
    {
        var node = await Command.NodeFolder();
        var outputs = await Task.WhenAll(
            Command.Run(node, "node", "nine-cases.mjs", _server.Url, IdleSeconds, "json"),
            Command.Run(node, "node", "nine-cases.mjs", _server.Url, IdleSeconds, "messagepack"),
            Command.Run(Repository.Root, "dotnet", Command.Sample("NineCases"), _server.Url, IdleSeconds));

        outputs.Should().AllSatisfy(output => output.Should().Contain($"after {IdleSeconds} s of silence everybody is still connected"));
    }
}
