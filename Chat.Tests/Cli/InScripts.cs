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
    [InlineData("chat sen", "send")]
    [InlineData("chat --w", "--wait")]
    [InlineData("chat tail ops --si", "--since")]
    [InlineData("chat completion f", "fish")]
    public async Task Fish_completes(string typed, string completed) =>
        (await town.Ann.Output($"chat completion fish > chat.fish; fish --no-config -c \"source chat.fish; complete -C '{typed}'\" | cut -f 1")).Should().Be(completed + "\n");

    [Theory]
    [InlineData("chat sen", "chat send ")]
    [InlineData("chat --w", "chat --wait ")]
    [InlineData("chat tail ops --si", "chat tail ops --since ")]
    [InlineData("chat completion f", "chat completion fish ")]
    public async Task Zsh_completes(string typed, string completed)
    {
        await using var pane = await Pane.Open(town.Ann, command: "zsh -f");
        await pane.Type("PS1='$ '; autoload -U compinit && compinit -u && source <(chat completion zsh) && echo re''ady", "Enter");
        await pane.Shows("\nready\n");

        await pane.Type(typed, "Tab");
        await pane.Type("next");

        await pane.Shows($"\n$ {completed}next");
    }

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
