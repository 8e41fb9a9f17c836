using System.Text.RegularExpressions;
using Chat.Tests.Client.Sdk;
using Chat.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Cli;

/// <summary>J4.6, in a real terminal.</summary>
public sealed class TheWholeScreen(Town town) : IClassFixture<Town>
{
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
        await pane.Shows(screen => Regex.IsMatch(screen, " Plans +1 │") && screen.Split('\n')[0].Contains(" unread", StringComparison.Ordinal), "what is unread in Plans and in all");
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
        await using var pane = await OpenBetween(town.Ann);

        await pane.Type(typed, key);

        await IsAsItWas(pane, exitCode);
        await pane.Type("echo still ''typing", "Enter");
        await pane.Shows("\nstill typing");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task Leaves_it_so_when_it_is_told_to_end(string signal)
    {
        await using var pane = await OpenBetween(town.Ann);

        await pane.Signal(signal);

        await IsAsItWas(pane, exitCode: 130);
    }

    [Fact]
    public async Task Leaves_it_so_when_it_crashes()
    {
        var crash = Path.Combine(town.Ann.Folder, "crash");
        await using var pane = await OpenBetween(town.Ann, $"DOTNET_STARTUP_HOOKS={typeof(StartupHook).Assembly.Location} CHAT_CRASH={crash} ");

        await File.WriteAllTextAsync(crash, "");

        await IsAsItWas(pane, exitCode: 134);
        (await pane.Screen()).Should().Contain("It broke.", "what nobody thought of is told in full");
    }

    [Fact]
    public async Task Leaves_it_so_after_its_server_was_killed()
    {
        await using var server = await ServerProcess.Start();
        using var ann = await Shell.Of("ann", server.Url);
        await using var pane = await OpenBetween(ann);

        server.Kill();
        await pane.Shows("reconnecting…");
        await pane.Press("C-c");

        await IsAsItWas(pane, exitCode: 130);
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
    public async Task Says_what_is_not_sent_yet_before_it_leaves()
    {
        await using var server = await ServerProcess.Start();
        using var ann = await Shell.Of("ann", server.Url);
        await using var pane = await OpenBetween(ann);
        server.Kill();
        await pane.Shows("reconnecting…");
        await pane.Type("not yet", "Enter");
        await pane.Shows("…   not yet");

        await pane.Press("C-d");
        await pane.Shows("Not sent yet: 1 message.");
        await pane.Press("C-d");

        await IsAsItWas(pane, exitCode: 1);
    }

    [Fact]
    public async Task Begins_anew_where_an_older_backup_was_restored()
    {
        await using var server = await ServerProcess.Start();
        using var ann = await Shell.Of("ann", server.Url);
        await ann.Output("chat send '#lobby' one");
        await server.Stop();
        var database = Path.Combine(server.DataFolder, "chat.db");
        var backup = Path.Combine(ann.Folder, "backup.db");
        File.Copy(database, backup);
        await server.Restart();
        await ann.Output("chat send '#lobby' two; chat send '#lobby' three");
        await using var pane = await Open(ann);
        await pane.Shows("ann: three");

        server.Kill();
        await pane.Shows("reconnecting…");
        await pane.Type("said meanwhile", "Enter");
        await pane.Shows("…   said meanwhile");
        await Restore(backup, database);
        await server.Restart();

        await pane.Shows(screen => Regex.IsMatch(screen, "ann: one.*ann: said meanwhile", RegexOptions.Singleline) && !Regex.IsMatch(screen, "ann: (two|three)|…   said"), "the other history");
    }

    [Fact]
    public async Task What_is_pasted_is_one_message()
    {
        await using var pane = await Open(town.Cyd);
        await pane.Press("C-k");
        await pane.Type("#lobby", "Enter");
        await pane.Shows(" #lobby · ");

        await pane.Paste("one\ntwo\tthree");
        await pane.Shows("one↵two⇥three");
        await pane.Press("Enter");

        await pane.Shows("cyd: one");
        (await town.Ann.Output("chat read '#lobby' -n 1 --json | jq .text")).Should().Be("\"one\\ntwo\\tthree\"\n");
    }

    // As docs/operations.md says.
    private static async Task Restore(string backup, string database)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database)!, "chat.db-*")) File.Delete(file);
        File.Copy(backup, database, overwrite: true);
        await using SqliteConnection connection = new($"Data Source={database};Pooling=false");
        await connection.OpenAsync();
        await using var forgetting = connection.CreateCommand();
        forgetting.CommandText = "DELETE FROM chat_setting WHERE name = 'epoch'";
        (await forgetting.ExecuteNonQueryAsync()).Should().Be(1);
    }

    /// <summary>The same, run by a script that compares the terminal before and after. A shell at which somebody types would tidy up behind it.</summary>
    private static async Task<Pane> OpenBetween(Shell shell, string variables = "")
    {
        await File.WriteAllTextAsync(Path.Combine(shell.Folder, "between"), $"echo above\nstty -a > before\n{variables}chat\necho ended $?\nstty -a > after\ncmp before after && echo unchanged\n");
        var pane = await Pane.Open(shell);
        await pane.Type("sh between", "Enter");
        await pane.Shows("#lobby");
        return pane;
    }

    private static async Task IsAsItWas(Pane pane, int exitCode)
    {
        await pane.Shows($"ended {exitCode}\n");
        await pane.Shows("\nunchanged\n");
        (await pane.Screen()).Should().Contain("\nabove\n").And.NotContain("#lobby", "the first screen is back");
    }

    /// <summary>The program, with its list on the screen.</summary>
    private static async Task<Pane> Open(Shell shell, int columns = 80, int rows = 24)
    {
        var pane = await Pane.Open(shell, columns, rows, "chat");
        await pane.Shows("#lobby");
        return pane;
    }
}
