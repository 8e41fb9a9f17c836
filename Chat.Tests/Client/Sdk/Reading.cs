using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

public sealed class Reading
{
    [Fact]
    public async Task Who_falls_behind_reads_the_rest_from_the_transcript()
    {
        await using var server = await TestServer.Start([Sdk.NoLimits]);
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await using var reader = ann.Lobby.MessagesAsync(0).GetAsyncEnumerator();
        var first = reader.MoveNextAsync().AsTask();
        await bob.Lobby.SendAsync("0").Soon();
        await first.Soon();

        // Far more than wait for a reader at most.
        await Task.WhenAll(Enumerable.Range(1, 1_000).Select(number => bob.Lobby.SendAsync($"{number}"))).WaitAsync(TimeSpan.FromSeconds(60));
        List<string?> read = [reader.Current.Text];
        while (read.Count < 1_001 && await reader.MoveNextAsync().AsTask().Soon()) read.Add(reader.Current.Text);

        read.Should().Equal(Enumerable.Range(0, 1_001).Select(number => $"{number}"));
    }

    [Fact]
    public async Task The_tail_comes_first_and_then_what_is_new()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        foreach (var text in (string[])["one", "two", "three"]) await ann.Lobby.SendAsync(text).Soon();

        var read = ann.Lobby.MessagesAsync(2).First(3);
        await ann.Lobby.SendAsync("four").Soon();

        (await read.Soon()).Texts().Should().Equal("two", "three", "four");
    }

    [Fact]
    public async Task A_reader_goes_on_behind_the_place_it_kept()
    {
        await using var server = await TestServer.Start([Sdk.NoLimits]);
        await using var ann = await Sdk.Register(server.Url, "ann");
        var stored = await Task.WhenAll(Enumerable.Range(1, 450).Select(number => ann.Lobby.SendAsync($"{number}"))).Soon();

        var read = await ann.Lobby.EntriesAfterAsync(stored[9].Seq).First(440).Soon();

        read.Select(entry => entry.Seq).Should().Equal(stored.Skip(10).Select(one => one.Seq));
    }

    [Fact]
    public async Task History_is_read_both_ways_over_pages()
    {
        await using var server = await TestServer.Start([Sdk.NoLimits]);
        await using var ann = await Sdk.Register(server.Url, "ann");
        await Task.WhenAll(Enumerable.Range(1, 450).Select(number => ann.Lobby.SendAsync($"{number}"))).Soon();

        var back = await All(ann.Lobby.HistoryAsync()).Soon();
        var forth = await All(ann.Lobby.HistoryAfterAsync(0)).Soon();

        forth.Should().HaveCountGreaterThanOrEqualTo(450).And.BeInAscendingOrder(entry => entry.Seq);
        back.Select(entry => entry.Seq).Should().Equal(forth.Select(entry => entry.Seq).Reverse());
    }

    [Fact]
    public async Task Entries_of_all_kinds_come_and_are_folded_when_read_back()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        var chat = await ann.StartPrivateChatAsync("bob").Soon();
        var read = chat.EntriesAsync(0).First(5);
        var sent = await chat.SendAsync(new NewMessage("helo") { Mentions = ["bob"] }).Soon();
        await chat.EditAsync(sent.Seq, "hello").Soon();
        await chat.ReactAsync(sent.Seq, "👍").Soon();
        await chat.UnreactAsync(sent.Seq, "👍").Soon();
        await chat.DeleteAsync(sent.Seq).Soon();

        (await read.Soon()).Select(entry => entry.GetType()).Should().Equal(typeof(Message), typeof(Edited), typeof(Reacted), typeof(Unreacted), typeof(Deleted));
        (await All(chat.HistoryAsync()).Soon()).OfType<Message>().Single().Should().Match<Message>(message => message.Deleted == true && message.Text == null);
    }

    [Fact]
    public async Task Cancelling_ends_the_loop()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        using CancellationTokenSource enough = new();

        var reading = ann.Lobby.MessagesAsync(enough.Token).First(1);
        await enough.CancelAsync();

        await reading.Invoking(task => task.Soon()).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(520)] // more than a resync tells
    public async Task What_was_said_meanwhile_is_not_missed_where_nothing_had_been_said_before(int count)
    {
        ManualClock clock = new();
        await using var server = await TestServer.Start([Sdk.NoLimits]);
        await using var bob = await Sdk.Register(server.Url, "bob");
        var options = Sdk.Options(server.Url);
        options.Clock = clock;
        await using var ann = new ChatClient(options);
        await ann.RegisterAsync("ann", Sdk.Password).Soon();
        var quiet = await ann.StartPrivateChatAsync("bob").Soon();
        await ann.LogOutAsync().Soon();
        await ann.LogInAsync("ann", Sdk.Password).Soon();
        await ann.Becomes(ChatState.Live);
        List<string?> heard = [];
        using var handling = ann.OnMessage((_, message) => heard.Add(message.Text));
        var read = quiet.EntriesAfterAsync(quiet.Details!.Head).First(count);

        // Time stands still for Ann between the end of her connection and the next try.
        clock.Advance(TimeSpan.FromSeconds(12));
        await ann.Becomes(ChatState.Reconnecting);
        var bobs = await bob.ConversationAsync(quiet.Id).Soon();
        await Task.WhenAll(Enumerable.Range(1, count).Select(number => bobs.SendAsync($"{number}")));
        clock.Advance(TimeSpan.FromSeconds(1));

        (await read.WaitAsync(TimeSpan.FromMinutes(1))).Cast<Message>().Texts().Should().Equal(Enumerable.Range(1, count).Select(number => $"{number}"));
        await Eventually.Is(() => heard.Count == count, "a handler hears it, too");
        heard.Should().Equal(Enumerable.Range(1, count).Select(number => $"{number}"));
    }

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        List<T> all = [];
        await foreach (var item in source) all.Add(item);
        return all;
    }
}
