namespace Chat.Tests.Cli;

/// <summary>J4.1</summary>
public sealed class LoggingIn(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Keeps_the_session_where_only_its_owner_reads_it()
    {
        (await town.Ann.Output("stat -c '%a %F' ~/.config/signalrchat/credentials.json ~/.config/signalrchat; ls -A ~/.config/signalrchat"))
            .Should().Be("600 regular file\n700 directory\ncredentials.json\n");
        File.ReadAllText(town.Ann.Credentials).Should().NotContain(Shell.Password).And.Contain("token");
    }

    [Fact]
    public async Task Goes_where_XDG_says() =>
        (await town.NewShell().Output($"export XDG_CONFIG_HOME=$PWD/elsewhere; printf '{Shell.Password}' | chat login --user ann --password-stdin; ls -A elsewhere/signalrchat ~"))
            .Should().Contain("credentials.json\n").And.NotContain(".config");

    [Fact]
    public async Task Asks_for_the_password_without_echo()
    {
        var shell = town.NewShell();
        await using var pane = await Pane.Open(shell);
        await pane.Type($"stty -a > before; chat login {shell.Url} --user ann; echo ended $?; stty -a > after", "Enter");
        await pane.Shows("Password:");
        await pane.Type(Shell.Password, "Enter");

        await pane.Shows("ended 0");
        (await pane.Screen()).Should().NotContain("horse").And.Contain($"Logged in at {shell.Url} as @ann.");
        await pane.Type("cmp before after && echo unchanged", "Enter");
        await pane.Shows("\nunchanged");
    }

    [Fact]
    public async Task A_password_may_be_given_up()
    {
        await using var pane = await Pane.Open(town.NewShell());
        await pane.Type("chat login --user ann; echo ended $?", "Enter");
        await pane.Shows("Password:");
        await pane.Press("C-c");

        await pane.Shows("ended 130");
    }

    [Fact]
    public async Task A_name_may_be_given_up()
    {
        await using var pane = await Pane.Open(town.NewShell());
        await pane.Type("chat login; echo ended $?", "Enter");
        await pane.Shows("User name:");
        await pane.Press("C-c");

        await pane.Shows("ended 130");
    }

    [Fact]
    public async Task A_password_is_waited_for_no_longer_than_is_wished()
    {
        await using var pane = await Pane.Open(town.NewShell());
        await pane.Type("stty -a > before; chat login --user ann --timeout 1; echo ended $?; stty -a > after; cmp before after && echo unchanged", "Enter");

        await pane.Shows("ended 124");
        await pane.Shows("\nunchanged");
    }

    [Fact]
    public async Task Without_a_terminal_the_password_comes_from_a_pipe_or_not_at_all()
    {
        var ran = await town.NewShell().Run("chat login --user ann");

        ran.Should().Be(new Ran(2, "", "Nobody can be asked for the password here: use --password-stdin.\n"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_keeps_nothing()
    {
        var shell = town.NewShell();

        (await shell.Run("printf 'wrong horse battery' | chat login --user ann --password-stdin")).Should().Be(new Ran(3, "", "User name or password is wrong.\n"));
        File.Exists(shell.Credentials).Should().BeFalse();
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict() =>
        (await town.NewShell().Run($"printf '{Shell.Password}' | chat login --register --user ann --password-stdin")).ExitCode.Should().Be(7);

    [Fact]
    public async Task Logging_out_ends_the_session_here_and_on_the_server()
    {
        var dan = await town.NewUser("dan");
        var token = (await dan.Output("jq -r .token ~/.config/signalrchat/credentials.json")).Trim();

        (await dan.Run("chat logout; echo $?; chat ls; echo $?")).Output.Should().Be("0\n3\n");
        (await dan.Run($"CHAT_TOKEN={token} chat ls")).Should().Be(new Ran(3, "", "This session has ended; log in again.\n"));
        File.Exists(dan.Credentials).Should().BeFalse();
    }

    [Fact]
    public async Task Logging_out_of_another_session_keeps_the_one_that_is_kept()
    {
        var eve = await town.NewUser("eve");
        var other = town.NewShell();
        await other.Output($"printf '{Shell.Password}' | chat login --user eve --password-stdin");
        var token = (await other.Output("jq -r .token ~/.config/signalrchat/credentials.json")).Trim();

        (await eve.Run($"CHAT_TOKEN={token} chat logout; echo $?; chat ls > list; echo $?; CHAT_TOKEN={token} chat ls; echo $?")).Output.Should().Be("0\n0\n3\n");
    }

    [Fact]
    public async Task A_token_goes_to_no_other_server_than_its_own()
    {
        var ran = await town.Ann.Run("chat ls --url http://127.0.0.1:9");

        ran.ExitCode.Should().Be(3);
        ran.Errors.Should().Contain($"You are logged in at {town.Server.Url}, not at http://127.0.0.1:9");
    }
}
