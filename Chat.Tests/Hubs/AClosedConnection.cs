using System.Reflection;
using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Hubs;
using Chat.Server.Login;
using Chat.Tests.Delivery;
using Chat.Tests.EndToEnd;
using Chat.Tests.Simulation.Nodes;
using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Hubs;

/// <summary>What is answered to calls that came behind the closing of their connection: it decides whether a client keeps its drafts.</summary>
public sealed class AClosedConnection
{
    private static readonly MethodInfo Send = typeof(IChatHub).GetMethod(nameof(IChatHub.SendMessage))!;
    private readonly Parts _parts = new();
    private readonly Connection _connection = new("c", new RecordingLink(), TimeSpan.FromSeconds(10), new ManualClock(), NullLogger.Instance);
    private bool _isLetIn;

    public AClosedConnection()
    {
        _parts.Add<TimeProvider>(new ManualClock());
        _parts.AddDefaults();
        _connection.Enter(new("u"), new("s"), DateTimeOffset.MaxValue, Heartbeats.Undeclared);
    }

    [Fact]
    public async Task While_it_is_open_a_call_is_let_in()
    {
        (await Called()).Should().BeNull();
        _isLetIn.Should().BeTrue();
    }

    [Fact]
    public async Task After_a_write_that_failed_a_call_is_to_be_tried_again()
    {
        _connection.Break(new IOException());

        (await Called()).Should().Match<Refusal>(no => no.Name == "serverBusy" && no.Retryable);
        _isLetIn.Should().BeFalse();
    }

    [Fact]
    public async Task After_the_end_of_its_session_a_call_is_told_so()
    {
        _connection.End(SessionEndReason.LoggedOut);

        (await Called())!.Name.Should().Be("sessionEnded");
        _isLetIn.Should().BeFalse();
    }

    [Fact]
    public async Task One_that_closed_while_it_logged_in_is_not_told_that_there_are_too_many()
    {
        await using var server = await TestServer.Start(Relaxed.Settings);
        await using var ann = await Guest.Register(server.Url, "ann");
        Connection another = new("another", new RecordingLink(), TimeSpan.FromSeconds(10), new ManualClock(), NullLogger.Instance);
        another.Close(null);

        Admitted admitted = new(ann.Session.Me.User, ann.Session.SessionId, ann.Session, Heartbeats.Undeclared);
        var answer = await server.Services.GetRequiredService<Arrival>().Of(another, admitted);

        answer.Refusal.Should().Be(Refusal.ServerBusy);
    }

    private async Task<Refusal?> Called()
    {
        HubInvocationContext context = new(new SimulatedCaller(_connection, _parts), _parts, new NoHub(), Send, [new SendMessage { ClientMessageId = new("m"), Text = "hello", Conversation = new("c") }]);
        var answer = await _parts.Get<Doorman>().InvokeMethodAsync(context, _ =>
        {
            _isLetIn = true;
            return ValueTask.FromResult<object?>((Answer<Done>)new Done());
        });
        return ((Answer<Done>)answer!).Refusal;
    }

    private sealed class NoHub : Hub;
}
