using System.Net;
using System.Net.Sockets;
using Chat.Tests.Support;

namespace Chat.Tests.Cli;

/// <summary>J4.5</summary>
public sealed class AnUnreachableServer(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Is_told_in_one_line()
    {
        var ran = await town.Ann.Run($"CHAT_URL=http://127.0.0.1:{FreePort.Take()} CHAT_TOKEN=x CHAT_WAIT= timeout 60 chat send '#ops' hi");

        ran.ExitCode.Should().Be(5);
        ran.Errors.Should().MatchRegex(@"\Ahttp://127\.0\.0\.1:\d+ cannot be reached.*\n\z");
    }

    [Fact]
    public async Task Is_one_that_accepts_and_says_nothing_too()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();

        (await town.Ann.Run($"CHAT_URL=http://{silent.LocalEndpoint} CHAT_TOKEN=x CHAT_WAIT= timeout 60 chat send '#ops' hi")).ExitCode.Should().Be(5);
    }

    [Fact]
    public async Task Is_waited_for_where_that_is_wished()
    {
        town.Server.Kill();
        using var sending = town.Ann.Start("CHAT_WAIT= exec chat send @ann 'at last' --wait");
        // Longer than it waits unasked.
        (await town.Ann.Run("CHAT_WAIT= chat send @ann 'not at all'")).ExitCode.Should().Be(5);
        sending.HasExited.Should().BeFalse();
        await town.Server.Restart();

        await sending.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        sending.ExitCode.Should().Be(0);
        (await town.Ann.Output("chat read @ann | cut -f 4")).Should().Be("at last\n");
    }

    [Theory]
    [InlineData("chat send '#ops' --timeout 0.5")]
    [InlineData("chat login --user ann --password-stdin --timeout 0.5")]
    public async Task So_is_an_input_that_does_not_come(string command) =>
        (await town.Ann.Run($"rm -f silent; mkfifo silent; exec 3<> silent; {command} <&3")).Should().Be(new Ran(124, "", "Timed out.\n"));

    [Fact]
    public async Task Is_given_up_when_the_time_is_over() =>
        (await town.Ann.Run($"CHAT_URL=http://127.0.0.1:{FreePort.Take()} CHAT_TOKEN=x CHAT_WAIT= chat send '#ops' hi --wait --timeout 0.5")).Should().Be(new Ran(124, "", "Timed out.\n"));
}
