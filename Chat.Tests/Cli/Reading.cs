using Chat.Tests.Client.Sdk;
using Chat.Tests.Support;

namespace Chat.Tests.Cli;

/// <summary>J4.3</summary>
public sealed class Reading(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task The_newest_come_as_lines_of_versioned_json()
    {
        await town.Ann.Output("for word in one two three; do chat send @cyd $word; done");

        (await town.Cyd.Output("chat read @ann -n 2 --json | jq -r .text")).Should().Be("two\nthree\n");
        (await town.Cyd.Output("chat read @ann --json | jq -c '[.v, .kind, .author.userName, .seq]'")).Should().Be("[1,\"message\",\"ann\",2]\n[1,\"message\",\"ann\",3]\n[1,\"message\",\"ann\",4]\n");
        (await town.Cyd.Output("chat read @ann --before 4 -n 1 | cut -f 1,4; chat read @ann --since 3 | cut -f 1,4; chat read @ann --all | wc -l")).Should().Be("3\ttwo\n4\tthree\n4\n");
    }

    [Fact]
    public async Task A_pipe_that_is_closed_ends_the_following_quietly()
    {
        await town.Ann.Output("chat send '#ops' one; chat send '#ops' two");

        // Nobody says anything more: it has to notice by itself that nobody reads any more.
        (await town.Bob.Run("chat tail '#ops' --json --since 0 | head -1 | jq .v; echo ${PIPESTATUS[@]}")).Should().Be(new Ran(0, "1\n0 0 0\n", ""));
    }

    [Fact]
    public async Task Following_survives_the_server_without_loss_or_repeat()
    {
        await using var ann = Sdk.Client(town.Server.Url);
        await ann.LogInAsync("ann", Shell.Password);
        var talk = await ann.StartConferenceAsync("Restarts", ["bob", "cyd"]);
        await talk.SendAsync("1");
        using var tail = town.Bob.Start("exec chat tail Restarts --json --since 1");
        List<string> read = [];
        var reading = Task.Run(async () =>
        {
            while (await tail.StandardOutput.ReadLineAsync() is { } line)
            {
                lock (read) read.Add(line);
            }
        });

        await Eventually.Is(() => Count(read) == 1, "it has begun", TimeSpan.FromSeconds(60));
        for (var number = 2; number <= 7; number++)
        {
            if (number is 3 or 5) town.Server.Kill();
            var sending = talk.SendAsync($"{number}");
            if (!town.Server.IsRunning) await town.Server.Restart();
            await sending.WaitAsync(TimeSpan.FromSeconds(60));
        }
        await Eventually.Is(() => Count(read) >= 7, "all is read", TimeSpan.FromSeconds(60));
        await Command.Run(town.Bob.Folder, "kill", "-INT", $"{tail.Id}");
        await tail.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await reading;

        tail.ExitCode.Should().Be(130);
        read.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(line => (line.GetProperty("seq").GetInt64(), line.GetProperty("text").GetString()))
            .Should().Equal(Enumerable.Range(1, 7).Select(number => (number + 1L, (string?)$"{number}")));
    }

    [Fact]
    public async Task Watching_tells_who_comes_and_goes_and_what_is_said()
    {
        using var watch = town.Bob.Start("exec chat watch --json");
        (await watch.StandardError.ReadLineAsync()).Should().Be("Watching.");

        await town.Cyd.Output("chat send @bob psst");
        List<string> seen = [];
        while (!(seen.Exists(Is("presence", "\"userName\":\"cyd\"")) && seen.Exists(Is("entry", "\"target\":\"@cyd\"", "\"text\":\"psst\""))))
            seen.Add((await watch.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!);
        watch.Kill();

        seen.Should().OnlyContain(line => line.StartsWith("{\"v\":1,", StringComparison.Ordinal));
    }

    private static Predicate<string> Is(string happened, params string[] parts) =>
        line => line.Contains($"\"event\":\"{happened}\"", StringComparison.Ordinal) && parts.All(part => line.Contains(part, StringComparison.Ordinal));

    private static int Count(List<string> read)
    {
        lock (read) return read.Count;
    }
}
