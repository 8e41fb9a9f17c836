using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>What must happen once happens once, however many do it at the same moment.</summary>
public sealed class ExactlyOnce : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.Start(Relaxed.Settings);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Two_people_who_start_their_private_chat_at_the_same_instant_get_the_same_one()
    {
        await using var ann = await Guest.Register(_server.Url, "ann");
        for (var round = 0; round < 200; round++)
        {
            await using var other = await Guest.Register(_server.Url, $"other-{round}");

            var started = await Task.WhenAll(
                ann.Must<Conversation>(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = $"other-{round}" }),
                other.Must<Conversation>(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = "ann" }));

            started[0].ConversationId.Should().Be(started[1].ConversationId);
        }
    }

    [Fact]
    public async Task The_same_draft_sent_a_thousand_times_over_ten_connections_is_one_entry()
    {
        await using var ann = await Guest.Register(_server.Url, "ann");
        var plans = await ann.StartConference("Plans", await Names("bob", "cyd"));
        List<Guest> devices = [];
        for (var number = 0; number < 10; number++) devices.Add(await Guest.LogIn(_server.Url, "ann"));
        var id = ClientMessageId.New(TimeProvider.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => devices[number % 10].Send(plans, "once", id)));

        answers.Count(answer => answer.Value!.Repeated).Should().Be(999);
        answers.Select(answer => answer.Value!.Seq).Distinct().Should().ContainSingle();
        (await ann.ReadAll(plans)).OfType<Message>().Should().ContainSingle();
        foreach (var device in devices) await device.DisposeAsync();
    }

    [Fact]
    public async Task Fifty_who_speak_at_once_are_all_heard_in_one_order()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Guest.Register(_server.Url, $"speaker-{number}")));
        var plans = await people[0].StartConference("Plans", [.. people.Skip(1).Select(person => person.Session.Me.UserName)]);

        await Task.WhenAll(people.Select(async person =>
        {
            for (var number = 0; number < 10; number++) (await person.Send(plans, $"{number}")).Ok.Should().BeTrue();
        }));

        foreach (var person in people) await person.Hears(plans, 501);
        foreach (var person in people) person.SeqsOf(plans).Where(seq => seq > 1).Should().Equal(Enumerable.Range(2, 500).Select(seq => (long)seq));
        foreach (var person in people) await person.DisposeAsync();
    }

    private async Task<string[]> Names(params string[] names)
    {
        foreach (var name in names) await (await Guest.Register(_server.Url, name)).DisposeAsync();
        return names;
    }
}
