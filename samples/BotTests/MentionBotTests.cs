using BotSample;
using Chat.Client;
using Chat.Contracts;
using Chat.Testing;

namespace BotTests;

/// <summary>How a bot, or any program on Chat.Client, is tested: against the real server, in memory, which can be dropped and restarted.</summary>
public sealed class MentionBotTests : IAsyncLifetime
{
    private readonly CancellationToken _over = new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token; // a test that hangs fails
    private ChatTestServer _server = null!;
    private ChatClient _ann = null!;
    private ChatConversation _standup = null!;

    public async Task InitializeAsync()
    {
        _server = await ChatTestServer.StartAsync();
        _ann = await _server.LogInAsync("ann");
        await using var bot = await _server.LogInAsync("bot"); // only members can be mentioned
        _standup = await _ann.StartConferenceAsync("Stand-up", ["bot"], openName: "standup");
    }

    public async Task DisposeAsync()
    {
        await _ann.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_answers_a_mention_and_nothing_else()
    {
        await using var bot = await StartBot();

        await _standup.SendAsync("nobody is meant");
        var mention = await Mention("hello bot");

        var answer = Assert.Single(await Answers(1));
        Assert.Equal("Noted, ann.", answer.Text);
        Assert.Equal(mention, answer.ReplyTo);
    }

    [Fact]
    public async Task It_answers_what_was_said_while_it_was_away_and_nothing_again()
    {
        List<long> mentions = [];
        await using (await StartBot())
        {
            mentions.Add(await Mention("one"));
            await Answers(1);
        }

        mentions.Add(await Mention("two"));
        mentions.Add(await Mention("three"));
        await using var again = await StartBot();

        Assert.Equal(mentions, (await Answers(3)).Select(answer => answer.ReplyTo!.Value));
    }

    [Fact]
    public async Task It_answers_once_over_lost_connections_and_restarts_of_the_server()
    {
        await using var bot = await StartBot();
        List<Task<long>> mentioning = [];
        for (var round = 0; round < 5; round++)
        {
            mentioning.AddRange(Enumerable.Range(0, 10).Select(number => Mention($"{round} {number}")));
            await Answers(10 * round + 3);
            if (round % 2 == 0) _server.Drop();
            else await _server.RestartAsync();
        }

        Assert.Equal(await Task.WhenAll(mentioning), (await Answers(50)).Select(answer => answer.ReplyTo!.Value));
    }

    [Fact]
    public async Task Two_of_it_answer_once()
    {
        await using var one = await StartBot();
        await using var other = await StartBot();

        var mentions = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Mention($"{number}")));

        Assert.Equal(mentions, (await Answers(20)).Select(answer => answer.ReplyTo!.Value));
    }

    private async Task<ChatClient> StartBot()
    {
        var chat = await _server.LogInAsync("bot");
        MentionBot bot = new(chat, await chat.JoinConferenceAsync("standup"));
        _ = bot.RunAsync(_over);
        return chat;
    }

    private async Task<long> Mention(string text) => (await _standup.SendAsync(new NewMessage(text) { Mentions = ["bot"] }, _over)).Seq;

    // Once another message is stored behind them, one answer too many would stand before it.
    private async Task<List<Message>> Answers(int count)
    {
        List<Message> answers = [];
        long? end = null;
        await foreach (var entry in _standup.EntriesAfterAsync(0, _over))
        {
            if (entry.Seq == end) break;
            if (entry is Message { ReplyTo: not null } answer) answers.Add(answer);
            if (answers.Count == count) end ??= (await _standup.SendAsync("that is all", _over)).Seq;
        }
        return answers;
    }
}
