namespace Chat.Tests.Cli;

/// <summary>J4.4. <c>script</c> is a terminal whose every byte can be read.</summary>
public sealed class Colors(Town town) : IClassFixture<Town>
{
    private const string Escapes = "| cat -v | grep -c '\\^\\['";

    [Theory]
    [InlineData("chat ls")]
    [InlineData("chat find bob")]
    [InlineData("chat --help")]
    public async Task A_pipe_gets_none(string command) => (await town.Ann.Run($"{command} {Escapes}")).Output.Should().Be("0\n");

    [Fact]
    public async Task A_terminal_gets_them() => (await town.Ann.Run($"script -qec 'chat ls' /dev/null {Escapes}")).Output.Should().NotBe("0\n");

    [Theory]
    [InlineData("NO_COLOR=1")]
    [InlineData("TERM=dumb")]
    public async Task Whoever_wants_none_gets_none_and_the_same_words(string wish)
    {
        await town.Ann.Output("chat send '#ops' words");

        (await town.Ann.Run($"script -qec '{wish} chat ls; {wish} chat read \"#ops\"' /dev/null {Escapes}")).Output.Should().Be("0\n");
        (await town.Ann.Run($"script -qec '{wish} chat ls' /dev/null")).Output.Should().Contain("#ops").And.Contain("Operations").And.Contain("ann: words");
    }
}
