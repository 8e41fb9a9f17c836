using Chat.Tests.Support;

namespace Chat.Tests.Storage;

/// <summary>What the program says of a PostgreSQL server that it is to use.</summary>
public sealed class StartingOnPostgres
{
    [Fact]
    public async Task The_banner_says_where_the_data_is_and_nothing_is_written_elsewhere()
    {
        await using var server = await ServerProcess.Start(await TestStorage.On(await PostgresServer.Shared));

        server.Output.Last().Should().MatchRegex(@"^Data: PostgreSQL chat_\d+ at 127\.0\.0\.1:\d+$");
        server.Errors.Should().BeEmpty();
        Directory.Exists(server.DataFolder).Should().BeFalse();
    }

    [Theory]
    [InlineData("Storage:ConnectionString has to say where the server is")]
    [InlineData("Storage:ConnectionString has to say where the server is", "--Storage:ConnectionString=nonsense;Password=secret")]
    [InlineData("Storage:ConnectionString has to say where the server is", "--Storage:ConnectionString=Database=chat;Password=secret")]
    public Task Settings_that_lead_nowhere_are_refused(string because, params string[] settings) => IsRefused(78, because, settings);

    [Fact]
    public Task A_server_that_is_not_there_is_named_without_its_password()
    {
        var port = FreePort.Take();
        return IsRefused(74, $"The database PostgreSQL chat at 127.0.0.1:{port} cannot be opened",
            $"--Storage:ConnectionString=Host=127.0.0.1;Port={port};Database=chat;Username=chat;Password=secret");
    }

    private static async Task IsRefused(int exitCode, string because, params string[] settings)
    {
        var (code, output, errors) = await ServerProcess.Run(["--urls", "http://127.0.0.1:0", "--Storage:Provider=postgres", .. settings]);

        code.Should().Be(exitCode);
        errors.Should().Contain(because).And.NotContain("secret");
        output.Should().BeEmpty();
    }
}
