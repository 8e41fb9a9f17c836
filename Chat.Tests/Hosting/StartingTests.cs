using System.Runtime.Versioning;
using Chat.Tests.Support;

namespace Chat.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class StartingTests
{
    [Fact]
    public async Task The_banner_says_that_it_is_ready_where_it_is_open_and_where_its_data_is()
    {
        await using var server = await ServerProcess.Start();

        server.Output.Should().SatisfyRespectively(
            line => line.Should().MatchRegex(@"^Chat \d+\.\d+\.\d+ is ready in \d+ ms$"),
            line => line.Should().Be($"Open: {server.Url}/"),
            line => line.Should().Be($"Data: {Path.Combine(server.DataFolder, "chat.db")}"));
        server.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task All_that_is_written_lies_in_the_data_folder_for_the_owner_alone()
    {
        await using var server = await ServerProcess.Start("--Logging:File=logs/chat.log");
        (await server.Stop()).Should().Be(0);

        Directory.GetFileSystemEntries(server.WorkingFolder).Should().BeEmpty();
        File.GetUnixFileMode(server.DataFolder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(server.DataFolder, "*", SearchOption.AllDirectories);
        files.Should().Contain(file => file.Contains("logs")).And.Contain(file => file.EndsWith("chat.db"));
        files.Should().OnlyContain(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task What_is_set_weaker_than_is_good_is_warned_of()
    {
        await using var server = await ServerProcess.Start("--Login:PasswordIterations=1000", "--RateLimits:Enabled=false");

        server.Output.Where(line => line.Contains("WRN")).Should().SatisfyRespectively(
            line => line.Should().Contain("Login:PasswordIterations is 1000"),
            line => line.Should().Contain("RateLimits:Enabled is false"));
    }

    [Fact]
    public async Task A_second_server_at_the_same_address_is_told_so_in_one_line()
    {
        await using var server = await ServerProcess.Start();

        await IsRefused(69, $"{server.Url} is in use*--urls*", "--urls", server.Url, "--data", Path.Combine(server.WorkingFolder, "another"));
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_told_so_in_one_line()
    {
        await using var server = await ServerProcess.Start();

        await IsRefused(69, $"The data folder {server.DataFolder} is in use*--data*", "--urls", "http://127.0.0.1:0", "--data", server.DataFolder);
    }

    [Fact]
    public async Task A_database_that_everybody_can_read_is_refused()
    {
        await using var server = await ServerProcess.Start();
        await server.Stop();
        File.SetUnixFileMode(Path.Combine(server.DataFolder, "chat.db"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await IsRefused(74, "*chat.db can be read by everybody*chmod 600*", "--data", server.DataFolder);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await using var server = await ServerProcess.Start();
        await server.Stop();
        await File.WriteAllTextAsync(Path.Combine(server.DataFolder, "chat.db"), new string('x', 10_000));

        await IsRefused(74, "The database*cannot be opened*", "--data", server.DataFolder);
    }

    [Fact]
    public Task A_folder_that_cannot_be_made_is_refused() => IsRefused(74, "The data folder /proc/chat cannot be made*--data*", "--data", "/proc/chat");

    [Theory]
    [InlineData(2, "Unknown option --hlep: did you mean --help?", "--hlep")]
    [InlineData(2, "Unknown option --dta: did you mean --data?", "--dta", "x")]
    [InlineData(2, "Unknown option start: did you mean --help?", "start")]
    [InlineData(2, "The option --data needs a value: did you mean --help?", "--data")]
    [InlineData(2, "Unknown option --Web:MaxConnection: did you mean --Web:MaxConnections?", "--Web:MaxConnection=9")]
    [InlineData(78, "*Storage:Provider is not a database*", "--Storage:Provider", "mongo")]
    [InlineData(78, "*Storage:ConnectionString is not for sqlite*", "--Storage:ConnectionString=Host=x")]
    [InlineData(78, "*Web:MaxConnections must be between 1 and 1000000.", "--Web:MaxConnections=0")]
    [InlineData(78, "*'many' at 'Web:MaxConnections'*", "--Web:MaxConnections=many")]
    [InlineData(78, "*'Loud' at 'Logging:LogLevel:Default'*", "--Logging:LogLevel:Default=Loud")]
    [InlineData(78, "*'https://a.example/' in Web:AllowedOrigins*", "--Web:AllowedOrigins=https://a.example/")]
    [InlineData(78, "*'proxy' in Web:TrustedProxies*", "--Web:TrustedProxies=10.0.0.0/8;proxy")]
    [InlineData(78, "Urls has a wrong value: 'here'*", "--urls", "here")]
    [InlineData(78, "Urls has a wrong value*http://127.0.0.1:0.", "--urls", "http://localhost:0")]
    public Task A_mistake_names_itself_in_one_line(int exitCode, string line, params string[] args) => IsRefusedUntouched(exitCode, line, args);

    [Theory]
    [InlineData("https needs a certificate*", "--urls", "https://127.0.0.1:0")]
    [InlineData("*Administrators has what is no user name: ann, bob@example.*", "--Administrators:0=ann", "--Administrators:1=bob@example")]
    public async Task What_is_seen_when_the_data_is_open_is_named_in_one_line_as_well(string line, params string[] args)
    {
        var data = Directory.CreateTempSubdirectory("chat-refused-");

        await IsRefused(78, line, [.. args, "--data", data.FullName]);

        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Help_tells_every_setting()
    {
        var (exitCode, output, errors) = await ServerProcess.Run("--help");

        (exitCode, errors).Should().Be((0, ""));
        output.Should().ContainAll("--urls", "--data", "--version", "Storage:Provider", "Web:TrustedProxies", "Logging:Json", "Process:DrainLimit");
    }

    [Fact]
    public async Task Version_tells_the_version()
    {
        var (exitCode, output, _) = await ServerProcess.Run("--version");

        (exitCode, output.TrimEnd()).Should().Be((0, "Chat 0.1.0"));
    }

    private static async Task IsRefusedUntouched(int exitCode, string line, params string[] args)
    {
        var untouched = Path.Combine(Path.GetTempPath(), $"chat-{Guid.NewGuid():N}");
        await IsRefused(exitCode, line, [.. args, "--data", untouched]);
        Directory.Exists(untouched).Should().BeFalse("what is wrong in the settings is told before anything is touched");
    }

    private static async Task IsRefused(int exitCode, string line, params string[] args)
    {
        var refused = await ServerProcess.Run(args);

        refused.ExitCode.Should().Be(exitCode, refused.Errors);
        refused.Errors.TrimEnd('\n').Should().Match(line).And.NotContain("\n", "one line says it");
        refused.Output.Should().BeEmpty();
    }
}
