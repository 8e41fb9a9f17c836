using Chat.Tests.Support;

namespace Chat.Tests.Cli;

/// <summary>Those that no other test of the program shows.</summary>
public sealed class ExitCodes(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("chat --version", 0)]
    [InlineData("chat ls > /dev/full", 1)]
    [InlineData("chat snd @bob hi", 2)]
    [InlineData("chat send", 2)]
    [InlineData("chat tail '#ops' --since x", 2)]
    [InlineData("chat read '#ops' -n 0", 2)]
    [InlineData("CHAT_TOKEN=x chat ls --url nonsense", 2)]
    [InlineData("chat", 2)]
    [InlineData("chat completion csh", 2)]
    [InlineData("CHAT_TOKEN=wrong chat ls", 3)]
    [InlineData("chat leave '#lobby'", 3)]
    [InlineData("chat profile @nobody", 4)]
    [InlineData("chat find nobody", 4)]
    [InlineData("chat join '#nowhere'", 4)]
    [InlineData("chat start Again --open ops", 7)]
    public async Task Is(string command, int exitCode)
    {
        var ran = await town.Ann.Run(command);

        ran.ExitCode.Should().Be(exitCode);
        if (exitCode != 0) ran.Errors.Should().MatchRegex(@"\A[^\n]+\n\z", "what went wrong is one line").And.NotContain("   at ");
    }

    [Fact]
    public async Task Is_3_where_nobody_is_logged_in() =>
        (await town.NewShell().Run("chat ls")).Should().Be(new Ran(3, "", "You are not logged in: chat login http://localhost:5080 --user NAME\n"));

    [Fact]
    public async Task Is_6_where_it_was_asked_too_often()
    {
        await using var server = await ServerProcess.Start("--RateLimits:Searches=1", "--RateLimits:SearchesPerMinute=1");
        using var ann = await Shell.Of("ann", server.Url);

        var ran = await ann.Run("chat find ann > first && chat find ann");

        ran.ExitCode.Should().Be(6);
        ran.Errors.Should().MatchRegex(@"\AToo many requests; wait a little\. \(in \d+ s\)\n\z");
    }

    [Fact]
    public async Task Is_6_too_where_logging_in_was_tried_too_often()
    {
        await using var server = await ServerProcess.Start("--Login:FreeFailures=0", "--Login:FailuresPerAddress=1");
        using Shell shell = new(server.Url);
        const string guess = "printf 'wrong horse battery' | chat login --user ann --password-stdin";

        (await shell.Run($"{guess}; {guess}; {guess}")).ExitCode.Should().Be(6);
    }
}
