using Chat.Tests.Client.Sdk;
using Chat.Tests.Support;

namespace Chat.Tests.Cli;

/// <summary>J4.6, in a real terminal.</summary>
public sealed class TheWholeScreen(Town town) : IClassFixture<Town>
{
    private const string Begin = "stty -a > before; chat; echo ended $?; stty -a > after; cmp before after && echo unchanged";

    [Fact]
    public async Task Lists_reads_writes_and_switches()
    {
        await town.Bob.Output("chat send '#ops' 'from bob'");
        await using var pane = await Open(town.Ann);

        await pane.Shows(screen => screen.Contains("Operations", StringComparison.Ordinal) && screen.Contains("Plans", StringComparison.Ordinal) && screen.Contains("#lobby", StringComparison.Ordinal), "the list");
        await pane.Press("C-k");
        await pane.Type("operat", "Enter");
        await pane.Shows("bob: from bob");
        await pane.Type("from the screen", "Enter");
        await pane.Shows("ann: from the screen");
        (await town.Bob.Output("chat read '#ops' -n 1 | cut -f 4")).Should().Be("from the screen\n");

        await town.Bob.Output("chat send Plans 'something new'");
        await pane.Shows(" 1 unread");
        await pane.Press("C-k");
        await pane.Type("plans", "Enter");
        await pane.Shows("bob: something new");
        await Eventually.Is(async () => !(await town.Ann.Output("chat unread")).Contains("Plans", StringComparison.Ordinal), "what is on the screen has been read", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Does_what_begins_with_a_slash()
    {
        await using var pane = await Open(town.Cyd);
        await pane.Shows("#lobby");

        await pane.Type("/start @ann", "Enter");
        await pane.Shows(" @ann · ");
        await pane.Type("/invite @bob @nobody", "Enter");
        await pane.Shows("Not invited: @nobody");
        await pane.Shows("3 members");
        await pane.Type("/members", "Enter");
        await pane.Shows("@cyd cyd: online, owner");
        await pane.Type("/profile about Sees the sea", "Enter");
        await pane.Shows("Sees the sea");
        await pane.Type("/laeve", "Enter");
        await pane.Shows("There is no /laeve. Did you mean /leave?");
        await pane.Type("/leave", "Enter");
        await pane.Shows(screen => !screen.Split('\n')[0].Contains("ann, bob", StringComparison.Ordinal), "it is left");
        await pane.Type("/help", "Enter");
        await pane.Shows("/invite @dan");
        await pane.Type("//slash", "Enter");
        await pane.Shows("cyd: /slash");
    }

    [Fact]
    public async Task Goes_back_page_by_page()
    {
        await using (var ann = Sdk.Client(town.Server.Url))
        {
            await ann.LogInAsync("ann", Shell.Password);
            var past = await ann.StartConferenceAsync("Past", ["bob", "cyd"]);
            for (var number = 1; number <= 150; number++) _ = past.SendAsync($"number {number}.");
            await past.SendAsync("the last");
        }
        await using var pane = await Open(town.Bob);
        await pane.Press("C-k");
        await pane.Type("past", "Enter");
        await pane.Shows("ann: the last");

        await Eventually.Is(async () =>
        {
            await pane.Press("PageUp");
            return (await pane.Screen()).Contains("ann: number 1.", StringComparison.Ordinal);
        }, "the first message comes", TimeSpan.FromSeconds(60));
        (await pane.Screen()).Should().Contain("PageDown for the newest").And.NotContain("the last");
        await Eventually.Is(async () =>
        {
            await pane.Press("PageDown");
            return (await pane.Screen()).Contains("ann: the last", StringComparison.Ordinal);
        }, "the last message comes again", TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 12)]
    [InlineData(40, 10)]
    public async Task Fits_a_terminal_of_this_size_and_follows_it(int columns, int rows)
    {
        await town.Bob.Output("chat send '#lobby' 'a text with 日本語 and 🎉 that takes more than one row of a terminal, so that it has to be wrapped somewhere'");
        await using var pane = await Open(town.Ann, 100, 30);
        await pane.Press("C-k");
        await pane.Type("#lobby", "Enter");
        await pane.Shows("日本語");

        await pane.Resize(columns, rows);
        await pane.Shows(screen => screen.TrimEnd('\n').Split('\n') is { } lines && lines.Length == rows && lines[^1].StartsWith('>') && lines[0].StartsWith(" #lobby", StringComparison.Ordinal)
            && lines.Any(line => line.Contains("somewhere", StringComparison.Ordinal)), $"everything in {rows} rows");
        await pane.Type("typed in a small room", "Enter");
        await pane.Shows("room");
    }

    [Theory]
    [InlineData(0, "/quit", "Enter")]
    [InlineData(0, "", "C-d")]
    [InlineData(130, "", "C-c")]
    public async Task Leaves_the_terminal_as_it_was(int exitCode, string typed, string key)
    {
        await using var pane = await Pane.Open(town.Ann);
        await pane.Type($"echo above; {Begin}", "Enter");
        await pane.Shows("#lobby");
        await pane.Type(typed, key);

        await pane.Shows($"ended {exitCode}");
        await pane.Shows("\nunchanged");
        (await pane.Screen()).Should().Contain("\nabove\n").And.NotContain("#lobby", "the first screen is back");
        await pane.Type("echo still ''typing", "Enter");
        await pane.Shows("\nstill typing");
    }

    [Fact]
    public async Task Leaves_it_so_when_it_is_told_to_end()
    {
        await using var pane = await Pane.Open(town.Ann);
        await pane.Type(Begin, "Enter");
        await pane.Shows("#lobby");
        await pane.Terminate();

        await pane.Shows("ended 130");
        await pane.Shows("\nunchanged");
    }

    [Fact]
    public async Task Goes_on_over_a_restart_of_the_server()
    {
        await using var pane = await Open(town.Ann);
        await pane.Press("C-k");
        await pane.Type("operat", "Enter");
        await pane.Shows(" Operations");

        town.Server.Kill();
        await pane.Shows("reconnecting…");
        await pane.Type("said meanwhile", "Enter");
        await pane.Shows("…   said meanwhile");
        await town.Server.Restart();

        await pane.Shows("ann: said meanwhile");
        await pane.Shows(screen => !screen.Contains("reconnecting", StringComparison.Ordinal), "it is there again");
        (await town.Bob.Output("chat read '#ops' | grep -c 'said meanwhile'")).Should().Be("1\n");
    }

    [Fact]
    public async Task What_is_pasted_is_one_message()
    {
        await using var pane = await Open(town.Cyd);
        await pane.Press("C-k");
        await pane.Type("#lobby", "Enter");
        await pane.Shows(" #lobby · ");

        await pane.Paste("one\ntwo");
        await pane.Shows("one↵two");
        await pane.Press("Enter");

        await pane.Shows("cyd: one");
        (await town.Ann.Output("chat read '#lobby' -n 1 --json | jq .text")).Should().Be("\"one\\ntwo\"\n");
    }

    /// <summary>The program, with its list on the screen.</summary>
    private static async Task<Pane> Open(Shell shell, int columns = 80, int rows = 24)
    {
        var pane = await Pane.Open(shell, columns, rows, "chat");
        await pane.Shows("#lobby");
        return pane;
    }
}
