using Chat.Client;
using Chat.Contracts;
using Chat.Testing;
using Chat.Tests.Client;
using Chat.Tests.Client.Sdk;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Testing;

/// <summary>The server that users of the SDK run in their own tests.</summary>
public sealed class ChatTestServerTests
{
    [Theory]
    [InlineData(ChatProtocol.Json)]
    [InlineData(ChatProtocol.MessagePack)]
    public async Task Two_users_talk(ChatProtocol protocol)
    {
        await using var server = await ChatTestServer.StartAsync().Soon();
        await using var ann = await server.LogInAsync("ann", options => options.Protocol = protocol).Soon();
        await using var bob = await server.LogInAsync("bob", options => options.Protocol = protocol).Soon();
        var heard = bob.Lobby.MessagesAsync().First(1);

        await ann.Lobby.SendAsync("hello").Soon();

        (await heard.Soon()).Single().Should().Match<Message>(message => message.Text == "hello" && message.Author.UserName == "ann");
    }

    [Fact]
    public async Task A_name_is_the_same_user_on_every_client()
    {
        await using var server = await ChatTestServer.StartAsync().Soon();
        await using var here = await server.LogInAsync("ann").Soon();
        await using var there = await server.LogInAsync("ann").Soon();

        there.Me.User.Should().Be(here.Me.User);
        (await here.SessionsAsync().Soon()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_test_may_have_more_users_and_do_more_than_a_server_usually_allows()
    {
        await using var server = await ChatTestServer.StartAsync().Soon();

        foreach (var number in Enumerable.Range(10, 40)) await (await server.LogInAsync($"user{number}").Soon()).DisposeAsync();
        await using var ann = await server.LogInAsync("ann").Soon();
        foreach (var number in Enumerable.Range(10, 40)) await ann.StartConferenceAsync(null, [], openName: $"plans{number}").Soon();

        (await ann.OpenConferencesAsync().First(40).Soon()).Should().HaveCount(40);
    }

    [Fact]
    public async Task Dropped_clients_come_back_and_miss_nothing()
    {
        await using var server = await ChatTestServer.StartAsync().Soon();
        await using var ann = await server.LogInAsync("ann").Soon();
        await using var bob = await server.LogInAsync("bob").Soon();
        var states = new List<ChatState>();
        using var listening = bob.OnState(states.Add);
        var heard = bob.Lobby.EntriesAfterAsync(0).First(2);

        await ann.Lobby.SendAsync("before").Soon();
        server.Drop();
        await ann.Lobby.SendAsync("after").Soon();

        (await heard.Soon()).Cast<Message>().Texts().Should().Equal("before", "after");
        await Eventually.Is(() => states.Contains(ChatState.Reconnecting) && states[^1] == ChatState.Live, "the loss was noticed and made good");
        bob.LastFault.Should().NotBeNull();
    }

    [Fact]
    public async Task While_it_is_stopped_nobody_connects_and_what_is_sent_waits()
    {
        await using var server = await ChatTestServer.StartAsync().Soon();
        await using var ann = await server.LogInAsync("ann").Soon();
        await ann.Lobby.SendAsync("first").Soon();

        await server.StopAsync().Soon();
        await ann.Becomes(ChatState.Reconnecting);
        var sending = ann.Lobby.SendAsync("second");
        await Eventually.Is(() => ann.LastFault?.Message.Contains("The test server is stopped", StringComparison.Ordinal) is true, "a try to connect fails");
        sending.IsCompleted.Should().BeFalse();
        await server.RestartAsync().Soon();

        (await sending.Soon()).Seq.Should().Be(2);
        (await ann.Lobby.HistoryAfterAsync(0).First(2).Soon()).Cast<Message>().Texts().Should().Equal("first", "second");
    }

    [Fact]
    public async Task It_goes_by_the_clock_it_is_handed()
    {
        ManualClock clock = new(new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero));
        await using var server = await ChatTestServer.StartAsync(new() { Clock = clock }).Soon();
        await using var ann = await server.LogInAsync("ann").Soon();

        var early = await ann.Lobby.SendAsync("early").Soon();
        clock.Advance(TimeSpan.FromHours(1)); // ends the connection, for its silence
        var late = await ann.Lobby.SendAsync("late").Soon();

        early.SentAt.Should().Be(new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero));
        late.SentAt.Should().BeOnOrAfter(early.SentAt + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_program_that_makes_its_own_client_reaches_it_too()
    {
        await using var server = await ChatTestServer.StartAsync().Soon();
        await using var program = new ServiceCollection().AddChatClient(server.Configure).BuildServiceProvider();

        await program.GetRequiredService<ChatClient>().RegisterAsync("ann", ChatTestServer.Password).Soon();

        (await server.LogInAsync("ann").Soon()).State.Should().Be(ChatState.Live);
    }

    [Theory]
    [InlineData("Lobby:Enabled", "perhaps")]
    [InlineData("Login:SessionDays", "0")]
    [InlineData("Lobby:Enabeld", "false")]
    public async Task A_wrong_setting_is_an_argument_that_does_not_fit(string name, string value)
    {
        var start = () => ChatTestServer.StartAsync(new() { Settings = { [name] = value } });

        (await start.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain(name.Split(':')[1]);
    }

    [Fact]
    public async Task A_setting_wins_over_what_makes_it_fit_for_tests()
    {
        await using var server = await ChatTestServer.StartAsync(new() { Settings = { ["RateLimits:Enabled"] = "true", ["RateLimits:Starts"] = "1", ["RateLimits:StartsPerMinute"] = "1" } }).Soon();
        await using var ann = await server.LogInAsync("ann").Soon();
        await ann.StartPrivateChatAsync("ann").Soon();

        var another = () => ann.StartConferenceAsync(null, [], openName: "plans").Soon();

        (await another.Should().ThrowAsync<ChatRefusedException>()).Which.Is(Refusal.RateLimited).Should().BeTrue();
    }

    [Fact]
    public async Task Nothing_of_it_is_left()
    {
        var server = await ChatTestServer.StartAsync().Soon();
        await using (await server.LogInAsync("ann").Soon()) Directory.GetFiles(server.Folder).Should().NotBeEmpty();

        await server.DisposeAsync();

        Directory.Exists(server.Folder).Should().BeFalse();
    }
}
