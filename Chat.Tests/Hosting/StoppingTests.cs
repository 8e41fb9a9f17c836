using System.Net.Sockets;
using Chat.Tests.Support;

namespace Chat.Tests.Hosting;

public sealed class StoppingTests
{
    [Fact]
    public async Task Asked_to_stop_it_ends_well()
    {
        await using var server = await ServerProcess.Start();

        (await server.Stop()).Should().Be(0);
        server.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Interrupted_from_the_keyboard_it_ends_well()
    {
        await using var server = await ServerProcess.Start();

        server.Interrupt();

        (await server.Exit()).Should().Be(0);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        await using var server = await ServerProcess.Start();
        await using var slow = await Dawdle(server);
        server.Interrupt();
        await Eventually.Is(() => server.Output.Any(line => line.Contains("Stopping")), "the first signal is heard");

        server.Interrupt();

        (await server.Exit()).Should().Be(130);
    }

    [Fact]
    public async Task Killed_it_starts_again_at_the_same_address_on_the_same_data()
    {
        await using var server = await ServerProcess.Start();
        var url = server.Url;
        server.Kill();
        server.IsRunning.Should().BeFalse();

        await server.Restart();

        server.Url.Should().Be(url);
        using HttpClient http = new();
        (await http.GetStringAsync($"{url}/health/ready")).Should().Be("ready\n");
    }

    // A request whose body never comes: the server waits for it a few seconds before it can stop.
    private static async Task<NetworkStream> Dawdle(ServerProcess server)
    {
        TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", new Uri(server.Url).Port);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"u8.ToArray());
        (await stream.ReadAsync(new byte[1_000])).Should().BePositive("the answer does not wait for the body");
        return stream;
    }
}
