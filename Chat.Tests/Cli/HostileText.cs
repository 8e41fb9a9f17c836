using Chat.Server.Storage;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Cli;

/// <summary>F11: what would steer a terminal is shown, not obeyed. The server takes no such text; another may, so it is put into its database.</summary>
public sealed class HostileText : IAsyncLifetime
{
    // As JSON writes it in the database, and as it is to be shown: nearly the same.
    private const string Text = @"a\u001b]0;pwned\u0007b\u001b[2Jc\rd\u009b31me\u202ef\u0000g\u2066h";

    private TestServer _server = null!;
    private Shell _ann = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.Start();
        _ann = await Shell.Of("ann", _server.Url);
        using var bob = await Shell.Of("bob", _server.Url);
        await bob.Output("chat start TITLE --open ops; chat send '#ops' TEXT");
        await _ann.Output("chat join '#ops'");
        var database = _server.Services.GetRequiredService<Database>();
        await database.Write(sql => sql.Change("UPDATE entry SET body = replace(replace(body, 'TEXT', @hostile), 'TITLE', @hostile)", ("hostile", Text)));
        await database.Write(sql => sql.Change("UPDATE conversation SET title = 'T' || @raw WHERE title = 'TITLE'", ("raw", "\e[31mred\u202e")));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _ann.Dispose();
    }

    [Fact]
    public async Task Is_escaped_in_a_pipe()
    {
        var output = await _ann.Output("chat read '#ops'; chat ls");

        output.Should().Contain(Text).And.Contain(@"T\u001b[31mred\u202e");
        output.Should().NotContainAny("\e", "\a", "\r", "\u009b", "\u202e", "\u2066", "\0");
    }

    [Fact]
    public async Task Is_escaped_by_json_itself()
    {
        (await _ann.Output("chat read '#ops' --json; chat ls --json")).Should().NotContainAny("\e", "\a", "\r", "\u009b", "\u202e", "\u2066", "\0");
        (await _ann.Output("chat read '#ops' --json | jq -r '.text | explode | map(select(. < 32)) | length'")).Should().Be("5\n", "a program gets the text as it is");
    }

    [Fact]
    public async Task Is_escaped_on_a_terminal()
    {
        var output = await _ann.Output("script -qec 'stty cols 200; chat read \"#ops\"; chat ls' /dev/null");

        output.Should().Contain(Text);
        output.Should().NotContainAny("\e]0", "\e[2J", "\a", "\u009b", "\u202e", "\u2066", "c\rd");
    }

    [Fact]
    public async Task Is_escaped_on_the_whole_screen()
    {
        await using var pane = await Pane.Open(_ann, 120, 24, "chat");
        await pane.Shows(Text);

        (await pane.Screen()).Should().Contain(@"T\u001b[31mred\u202e", "a title is text as well");
    }
}
