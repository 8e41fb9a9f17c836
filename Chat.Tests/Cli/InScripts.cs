namespace Chat.Tests.Cli;

/// <summary>J4.7: completion, and machines on which nobody has a home.</summary>
public sealed class InScripts(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("chat se", "send")]
    [InlineData("chat --w", "--wait")]
    [InlineData("chat tail #ops --si", "--since")]
    [InlineData("chat completion f", "fish")]
    public async Task Bash_completes(string typed, string completed) =>
        (await town.Ann.Output($"source <(chat completion bash); COMP_WORDS=({typed.Replace("#", "\\#", StringComparison.Ordinal)}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _chat; echo ${{COMPREPLY[@]}}; complete -p chat > complete"))
            .Should().Be(completed + "\n");

    [Theory]
    [InlineData("zsh", "#compdef chat")]
    [InlineData("fish", "complete -c chat")]
    public async Task Other_shells_have_a_script_too(string shell, string word) =>
        (await town.Ann.Output($"chat completion {shell}")).Should().Contain(word).And.Contain("send").And.Contain("password-stdin");

    [Fact]
    public async Task A_token_needs_no_home()
    {
        var send = "chat send '#ops' 'from afar'; echo $?; chat login --user ann --password-stdin; echo $?";

        var ran = await town.Ann.Run($"token=$(jq -r .token ~/.config/signalrchat/credentials.json); env -u HOME -u XDG_CONFIG_HOME CHAT_TOKEN=$token bash -c '{send.Replace("'", "'\\''", StringComparison.Ordinal)}'");

        ran.Output.Should().Be("0\n1\n");
        ran.Errors.Should().StartWith("There is no home directory");
        (await town.Bob.Output("chat read '#ops' -n 1 | cut -f 4")).Should().Be("from afar\n");
    }
}
