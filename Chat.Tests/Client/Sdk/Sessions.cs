using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

public sealed class Sessions
{
    [Fact]
    public async Task A_session_is_resumed_by_its_token()
    {
        await using var server = await TestServer.Start();
        await using var first = Sdk.Client(server.Url);
        var session = await first.RegisterAsync("ann", Sdk.Password).Soon();
        await first.DisposeAsync();
        await using var second = Sdk.Client(server.Url);

        var resumed = await second.ResumeAsync(session.Token!).Soon();

        resumed.SessionId.Should().Be(session.SessionId);
    }

    [Fact]
    public async Task Logging_out_ends_it_here_and_there()
    {
        await using var server = await TestServer.Start();
        await using var chat = Sdk.Client(server.Url);
        var session = await chat.RegisterAsync("ann", Sdk.Password).Soon();

        await chat.LogOutAsync().Soon();

        chat.State.Should().Be(ChatState.Ended);
        (await Refusing.Refused(chat.ResumeAsync(session.Token!))).Is(Refusal.SessionEnded).Should().BeTrue();
        await chat.LogOutAsync().Soon();
    }

    [Fact]
    public async Task A_session_ended_elsewhere_ends_what_waits_here()
    {
        await using var server = await TestServer.Start();
        await using var here = await Sdk.Register(server.Url, "ann");
        await using var there = Sdk.Client(server.Url);
        await there.LogInAsync("ann", Sdk.Password).Soon();
        var reading = here.Lobby.MessagesAsync().First(1);
        var other = (await there.SessionsAsync().Soon()).Single(session => !session.Current);

        await there.EndSessionAsync(other.SessionId).Soon();

        (await Refusing.Refused(reading)).Is(Refusal.SessionEnded).Should().BeTrue();
        await here.Becomes(ChatState.Ended);
        here.LastFault.Should().BeOfType<ChatRefusedException>();
    }

    [Fact]
    public async Task A_client_logs_in_once_at_a_time()
    {
        await using var server = await TestServer.Start();
        await using var chat = await Sdk.Register(server.Url, "ann");

        await chat.Invoking(one => one.LogInAsync("ann", Sdk.Password)).Should().ThrowAsync<InvalidOperationException>();
    }
}
