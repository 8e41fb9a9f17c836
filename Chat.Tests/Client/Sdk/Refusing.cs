using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

public sealed class Refusing
{
    [Fact]
    public async Task A_wrong_password_is_refused_and_the_client_may_try_another()
    {
        await using var server = await TestServer.Start();
        await using (await Sdk.Register(server.Url, "ann")) { }
        await using var chat = Sdk.Client(server.Url);

        (await Refused(chat.LogInAsync("ann", "wrong horse battery"))).Is(Refusal.WrongCredentials).Should().BeTrue();
        await chat.LogInAsync("ann", Sdk.Password).Soon();

        chat.Me.UserName.Should().Be("ann");
    }

    [Fact]
    public async Task Too_long_a_text_is_refused_and_the_connection_stays()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        var states = States(ann);

        var refused = await Refused(ann.Lobby.SendAsync(new string('x', Limits.TextLength + 1)));

        (refused.Code, refused.Name, refused.Field, refused.Retryable).Should().Be((101, "tooLarge", "text", false));
        await ann.Lobby.SendAsync("short").Soon();
        states.Should().BeEmpty("the connection stays up");
    }

    [Theory]
    [InlineData(ChatProtocol.Json)]
    [InlineData(ChatProtocol.MessagePack)]
    public async Task What_the_server_would_not_even_read_is_refused_and_the_connection_stays(ChatProtocol protocol)
    {
        await using var server = await TestServer.Start();
        var options = Sdk.Options(server.Url);
        options.Protocol = protocol;
        await using ChatClient ann = new(options);
        (await Refused(ann.LogInAsync("ann", new string('x', 200_000)))).Is(Refusal.TooLarge).Should().BeTrue();
        await ann.RegisterAsync("ann", Sdk.Password).Soon();
        var states = States(ann);
        List<string> names = [.. Enumerable.Range(0, 20_000).Select(number => $"somebody{number}")];

        (await Refused(ann.Lobby.SendAsync(new string('x', 140_000)))).Field.Should().Be("text");
        foreach (var call in (Func<Task>[])
        [
            () => ann.Lobby.SendAsync(new NewMessage("hello") { Mentions = names }),
            () => ann.Lobby.ReactAsync(1, new string('x', 140_000)),
            () => ann.StartConferenceAsync("Plans", names),
            () => ann.Lobby.InviteAsync(names)
        ])
        {
            (await Refused(call())).Is(Refusal.TooLarge).Should().BeTrue();
        }
        await ann.Lobby.SendAsync("short").Soon();
        states.Should().BeEmpty("the connection stays up");
    }

    [Fact]
    public async Task Too_long_a_text_is_refused_without_a_connection_too()
    {
        await using var ann = Sdk.Client($"http://127.0.0.1:{FreePort.Take()}");
        _ = ann.LogInAsync("ann", Sdk.Password);
        ChatConversation lobby = new(ann, new ConversationId("lobby"));
        var tooLong = new string('ä', Limits.TextLength / 2 + 1);

        (await Refused(lobby.SendAsync(tooLong))).Refusal.Should().Be(Refusal.TooLarge.Of("text"));
        (await Refused(lobby.EditAsync(1, tooLong))).Refusal.Should().Be(Refusal.TooLarge.Of("text"));
    }

    [Fact]
    public async Task Whoever_is_not_a_member_is_refused()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await using var eve = await Sdk.Register(server.Url, "eve");
        var chat = await ann.StartPrivateChatAsync("bob").Soon();
        var states = States(eve);
        ChatConversation eves = new(eve, chat.Id);

        (await Refused(eves.SendAsync("let me in"))).Is(Refusal.NoSuchConversation).Should().BeTrue();
        (await Refused(eves.MessagesAsync().First(1))).Is(Refusal.NoSuchConversation).Should().BeTrue();
        (await Refused(eve.ConversationAsync(chat.Id))).Is(Refusal.NoSuchConversation).Should().BeTrue();
        states.Should().BeEmpty();
    }

    [Fact]
    public async Task Too_much_is_refused_with_a_time_to_wait()
    {
        await using var server = await TestServer.Start(["--RateLimits:Searches=2", "--RateLimits:SearchesPerMinute=1"]);
        await using var ann = await Sdk.Register(server.Url, "ann");
        var states = States(ann);
        for (var search = 0; search < 2; search++) await ann.SearchUsersAsync("an").First(1).Soon();

        var refused = await Refused(ann.SearchUsersAsync("an").First(1));

        refused.Is(Refusal.RateLimited).Should().BeTrue();
        refused.Retryable.Should().BeTrue();
        refused.RetryAfter.Should().BePositive();
        states.Should().BeEmpty();
    }

    [Fact]
    public async Task Sending_too_much_waits_instead()
    {
        await using var server = await TestServer.Start(["--RateLimits:Sends=2", "--RateLimits:SendsPerMinute=600"]);
        await using var ann = await Sdk.Register(server.Url, "ann");

        var stored = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => ann.Lobby.SendAsync($"{number}"))).Soon();

        stored.Select(one => one.Seq).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Reading_too_much_waits_too_but_nothing_else()
    {
        await using var server = await TestServer.Start(["--RateLimits:Calls=3", "--RateLimits:CallsPerMinute=600"]);
        await using var ann = await Sdk.Register(server.Url, "ann");
        await ann.Lobby.SendAsync("one").Soon();

        var read = await Task.WhenAll(Enumerable.Range(1, 10).Select(_ => ann.Lobby.HistoryAsync().First(1))).Soon();

        read.SelectMany(page => page).Cast<Message>().Texts().Should().Equal(Enumerable.Repeat("one", 10));
        (await Refused(Task.WhenAll(Enumerable.Range(1, 100).Select(_ => ann.ProfileAsync("ann"))))).Is(Refusal.RateLimited).Should().BeTrue();
    }

    [Fact]
    public async Task A_full_outbox_takes_no_more()
    {
        var options = Sdk.Options($"http://127.0.0.1:{FreePort.Take()}");
        options.OutboxLength = 1;
        await using var ann = new ChatClient(options);
        _ = ann.LogInAsync("ann", Sdk.Password);
        ChatConversation lobby = new(ann, new ConversationId("lobby"));
        var waiting = lobby.SendAsync("one");

        (await Refused(lobby.SendAsync("two"))).Is(Refusal.LimitReached).Should().BeTrue();

        await ann.DisposeAsync();
        await waiting.Invoking(task => task.Soon()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Before_a_log_in_there_is_nothing_to_do()
    {
        await using var chat = Sdk.Client("http://localhost:1");

        chat.State.Should().Be(ChatState.Idle);
        chat.Invoking(one => one.Lobby).Should().Throw<InvalidOperationException>();
        await chat.Invoking(one => one.ProfileAsync("ann")).Should().ThrowAsync<InvalidOperationException>();
    }

    internal static async Task<ChatRefusedException> Refused(Task task) =>
        (await task.Invoking(one => one.Soon()).Should().ThrowAsync<ChatRefusedException>()).Which;

    // Live is told of a log-in when it likes; only what comes after counts.
    private static List<ChatState> States(ChatClient chat)
    {
        List<ChatState> states = [];
        chat.OnState(state =>
        {
            if (state != ChatState.Live) states.Add(state);
        });
        return states;
    }
}
