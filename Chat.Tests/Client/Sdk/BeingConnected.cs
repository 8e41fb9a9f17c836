using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Client.Sdk;

public sealed class BeingConnected
{
    [Fact]
    public async Task Started_before_the_server_it_waits_and_connects()
    {
        await using var server = await ServerProcess.Start();
        server.Kill();
        await using var chat = Sdk.Client(server.Url);

        var loggingIn = chat.RegisterAsync("ann", Sdk.Password);
        await Eventually.Is(() => chat.LastFault is not null, "the first try fails");
        chat.State.Should().Be(ChatState.Connecting);
        loggingIn.IsCompleted.Should().BeFalse();
        await server.Restart();
        await loggingIn.Soon();

        await chat.Becomes(ChatState.Live);
        chat.Me.UserName.Should().Be("ann");
    }

    [Fact]
    public async Task Waiting_for_a_server_can_be_cancelled()
    {
        await using var chat = Sdk.Client($"http://127.0.0.1:{FreePort.Take()}");
        using CancellationTokenSource patience = new();

        var loggingIn = chat.LogInAsync("ann", Sdk.Password, patience.Token);
        await Eventually.Is(() => chat.LastFault is WebSocketException, "the first try fails");
        await patience.CancelAsync();

        await loggingIn.Invoking(task => task.Soon()).Should().ThrowAsync<OperationCanceledException>();
        chat.State.Should().Be(ChatState.Ended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_client_that_listens_waits_for_the_list(bool listens)
    {
        LogBook log = new();
        await using var server = await TestServer.Start();
        var options = Sdk.Options(server.Url);
        options.Listens = listens;
        options.LoggerFactory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        await using ChatClient chat = new(options);
        await chat.RegisterAsync("ann", Sdk.Password).Soon();

        await chat.Lobby.SendAsync("hello").Soon();

        log.Text.Should().Contain(nameof(IChatHub.SendMessage));
        log.Text.Contains(nameof(IChatHub.ListConversations), StringComparison.Ordinal).Should().Be(listens);
    }

    [Fact]
    public async Task It_comes_back_after_a_kill_by_itself()
    {
        await using var server = await ServerProcess.Start();
        await using var chat = await Sdk.Register(server.Url, "ann");
        await chat.Becomes(ChatState.Live);

        server.Kill();
        await chat.Becomes(ChatState.Reconnecting);
        var profile = chat.ProfileAsync("ann");
        await server.Restart();

        (await profile.Soon()).UserName.Should().Be("ann", "a call waits for the connection");
        await chat.Becomes(ChatState.Live);
    }

    [Fact]
    public async Task Typing_is_told_once_in_three_seconds_and_never_later()
    {
        LogBook log = new();
        ManualClock clock = new();
        await using var server = await TestServer.Start();
        var options = Sdk.Options(server.Url);
        options.Clock = clock;
        options.LoggerFactory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        await using ChatClient chat = new(options);
        await chat.RegisterAsync("ann", Sdk.Password).Soon();
        await chat.Becomes(ChatState.Live);

        for (var key = 0; key < 10; key++) await chat.Lobby.TypingAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(3));
        await chat.Lobby.TypingAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(12));
        await chat.Becomes(ChatState.Reconnecting);
        await chat.Lobby.TypingAsync().Soon();

        Regex.Count(log.Text, $@"\b{nameof(IChatHub.Typing)}\(").Should().Be(2, "it is shown to others for 5 seconds each time");
    }

    [Fact]
    public async Task Eleven_seconds_of_silence_are_the_end_of_a_connection()
    {
        ManualClock clock = new();
        await using var server = await TestServer.Start();
        var options = Sdk.Options(server.Url);
        options.Clock = clock;
        await using var chat = new ChatClient(options);
        await chat.RegisterAsync("ann", Sdk.Password).Soon();
        await chat.Becomes(ChatState.Live);

        clock.Advance(TimeSpan.FromSeconds(11));
        await chat.Becomes(ChatState.Reconnecting);
        chat.LastFault.Should().BeOfType<TimeoutException>();

        // That it reconnects is told before the time of the next try is set.
        await Eventually.Is(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            return chat.State == ChatState.Live;
        }, "it comes back");
    }

    [Fact]
    public async Task It_speaks_messagepack_by_one_option()
    {
        await using var server = await TestServer.Start();
        var options = Sdk.Options(server.Url);
        options.Protocol = ChatProtocol.MessagePack;
        await using var chat = new ChatClient(options);

        await chat.RegisterAsync("ann", Sdk.Password).Soon();
        var sent = await chat.Lobby.SendAsync("packed").Soon();

        (await chat.Lobby.MessagesAsync().First(1).Soon()).Single().Should().Match<Message>(message => message.Text == "packed" && message.Seq == sent.Seq);
    }

    [Fact]
    public async Task A_program_with_dependency_injection_gets_one()
    {
        await using var server = await TestServer.Start();
        await using var program = new ServiceCollection().AddChatClient(chat => chat.Url = new(server.Url)).BuildServiceProvider();

        var chat = program.GetRequiredService<ChatClient>();
        await chat.RegisterAsync("ann", Sdk.Password).Soon();

        program.GetRequiredService<ChatClient>().Should().BeSameAs(chat);
    }

    [Theory]
    [InlineData("http://localhost:5080", "ws://localhost:5080/chat")]
    [InlineData("https://example.org/", "wss://example.org/chat")]
    [InlineData("http://localhost/chat", "ws://localhost/chat")]
    [InlineData("https://example.org/team/", "wss://example.org/team/chat")]
    public void The_hub_below_the_url_need_not_be_named(string url, string hub) =>
        new ChatClientOptions { Url = new(url) }.HubUrl().Should().Be(new Uri(hub));

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://localhost")]
    public void What_is_no_url_of_a_server_is_refused_at_once(string url) => FluentActions.Invoking(() => new ChatClient(url)).Should().Throw<ArgumentException>();
}
