using Chat.Server.Hosting;
using Chat.Server.Storage;
using Chat.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Chat.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Without_any_it_listens_on_this_machine_alone() => Settings.NewBuilder([]).Configuration["Urls"].Should().Be("http://localhost:5080");

    [Fact]
    public void Without_any_its_data_lies_where_the_platform_keeps_it() => DataFolder.Default.Should().EndWith("SignalRChat");

    [Theory]
    [InlineData("--Web:MaxConnections=5")]
    [InlineData("--Web:MaxConnections", "5")]
    [InlineData("--web:maxconnections", "5")]
    public void An_option_is_a_setting(params string[] args) => Settings.NewBuilder(args).Configuration.GetValue<int>("Web:MaxConnections").Should().Be(5);

    [Theory]
    [InlineData("--Logging:Json")]
    [InlineData("--Logging:Json=true")]
    [InlineData("--Logging:Json", "true")]
    public void A_switch_needs_no_value(params string[] args) => Settings.NewBuilder(args).Configuration.GetValue<bool>("Logging:Json").Should().BeTrue();

    [Fact]
    public void Administrators_are_numbered() =>
        Settings.NewBuilder(["--Administrators:0=ann", "--administrators:1", "bob"]).Configuration.GetSection("Administrators").Get<string[]>().Should().Equal("ann", "bob");

    [Theory]
    [InlineData("--Administrators=ann")]
    [InlineData("--Administrators:ann=1")]
    [InlineData("--Administrators:0:1=ann")]
    public void A_list_of_administrators_without_numbers_is_refused(string arg) => FluentActions.Invoking(() => Settings.NewBuilder([arg])).Should().Throw<Mistake>();

    [Fact]
    public Task The_environment_is_a_source() => Complains("*Web:MaxConnections*", new() { ["CHAT_Web__MaxConnections"] = "0" });

    [Fact]
    public Task The_command_line_wins_over_the_environment() =>
        Complains("*Web:MaxConnections*", new() { ["CHAT_Urls"] = "wrong" }, "--urls=http://127.0.0.1:0", "--Web:MaxConnections=0");

    [Fact]
    public Task A_misspelled_variable_is_refused_with_the_name_that_was_meant() =>
        Complains("There is no setting Web:AllowdOrigins: did you mean Web:AllowedOrigins?", new() { ["CHAT_Web__AllowdOrigins"] = "https://a.example" });

    [Fact]
    public Task A_variable_of_the_command_line_chat_is_not_the_servers() =>
        Complains("*Web:MaxConnections*", new() { ["CHAT_URL"] = "http://127.0.0.1:1", ["CHAT_TOKEN"] = "abc", ["CHAT_WAIT"] = "1" }, "--Web:MaxConnections=0");

    // In a process of its own: the environment of this one belongs to every test that runs beside.
    private static async Task Complains(string line, Dictionary<string, string> environment, params string[] args)
    {
        var (exitCode, _, errors) = await ServerProcess.Run(environment, args);

        exitCode.Should().Be(78);
        errors.TrimEnd('\n').Should().Match(line);
    }
}
