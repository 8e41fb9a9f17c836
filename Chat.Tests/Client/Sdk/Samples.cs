using System.Diagnostics;
using Chat.Client;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

/// <summary>The samples as their users run them: programs of their own.</summary>
public sealed class Samples
{
    [Fact]
    public void The_console_sample_is_the_quick_start_of_the_readme()
    {
        var readme = Readme.CSharp("Chat.Client", "README.md")[0];
        var program = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "Console", "Program.cs")).Select(line => line.Trim());

        readme.Replace("\"http://localhost:5080\"", "url", StringComparison.Ordinal).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Should().BeSubsetOf(program);
    }

    [Fact]
    public async Task The_console_sample_prints_what_is_said()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await using var cyd = await Sdk.Register(server.Url, "cyd");
        TaskCompletionSource<ChatConversation> greeted = new();
        using var hearing = bob.OnMessage((conversation, _) => greeted.TrySetResult(conversation));

        using var sample = Run("Console", "ConsoleSample", server.Url);
        (await Line(sample).Soon()).Should().Be("2 ann: hello from C#");
        await (await greeted.Task.Soon()).SendAsync("hello yourself").Soon();

        (await Line(sample).Soon()).Should().Be("3 bob: hello yourself");
        sample.Kill();
    }

    [Fact]
    public async Task The_worker_sample_answers()
    {
        await using var server = await TestServer.Start();
        await using var echo = await Sdk.Register(server.Url, "echo");
        await using var ann = await Sdk.Register(server.Url, "ann");
        var chat = await ann.StartPrivateChatAsync("echo").Soon();
        var read = chat.MessagesAsync(0).First(2);

        using var sample = Run("Worker", "WorkerSample", $"--CHAT_URL={server.Url}");
        while (await Line(sample).Soon() is { } line && !line.Contains("Listening", StringComparison.Ordinal)) { }
        var asked = await chat.SendAsync("!echo is anybody there?").Soon();

        (await read.Soon())[1].Should().Match<Message>(answer => answer.Author.UserName == "echo" && answer.Text == "is anybody there?" && answer.ReplyTo == asked.Seq);
        sample.Kill();
    }

    [Fact]
    public async Task The_bot_sample_answers_each_mention_once_though_it_is_killed_and_so_is_the_server()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bot = await Sdk.Register(server.Url, "bot"); // only members can be mentioned
        var standup = await ann.StartConferenceAsync("Stand-up", ["bot"], openName: "standup").Soon();
        List<Task<Stored>> mentioning = [];
        List<Message> answers = [];
        using var hearing = ann.OnMessage((_, message) =>
        {
            if (message.Author.UserName == "bot") answers.Add(message);
        });

        for (var round = 1; round <= 3; round++)
        {
            mentioning.AddRange(Enumerable.Range(0, 20).Select(number => standup.SendAsync(new NewMessage($"{round} {number}") { Mentions = ["bot"] })));
            using var sample = Run("Bot", "BotSample", server.Url, "standup");
            await Eventually.Is(() => answers.Count >= 20 * round - 10, "the bot answers", TimeSpan.FromSeconds(60));
            if (round == 2) await server.Restart();
            if (round == 3) await Eventually.Is(() => answers.Count >= 60, "the bot answers everything", TimeSpan.FromSeconds(60));
            sample.Kill();
            await sample.WaitForExitAsync();
        }
        var last = await standup.SendAsync("that is all").Soon();

        var stored = await standup.HistoryAfterAsync(0).First((int)last.Seq).Soon();
        stored.OfType<Message>().Where(message => message.Author.UserName == "bot").Select(answer => answer.ReplyTo!.Value)
            .Should().Equal((await Task.WhenAll(mentioning)).Select(mention => mention.Seq));
    }

    private static Process Run(string folder, string program, params string[] arguments)
    {
        var built = AppContext.BaseDirectory.Replace(
            $"{Path.DirectorySeparatorChar}Chat.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}samples{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        ProcessStartInfo start = new("dotnet", [Path.Combine(built, $"{program}.dll"), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["CHAT_PASSWORD"] = Sdk.Password;
        return Process.Start(start)!;
    }

    private static Task<string?> Line(Process process) => process.StandardOutput.ReadLineAsync();
}
