using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>A10, B8, G9: more than anybody needs, against the limits that hold by default.</summary>
public sealed class Floods(Strict house) : IClassFixture<Strict>
{
    // Refused are those that do not fit into 20 at once and 5 a second: most of these, however long a busy machine takes for them.
    private const int Many = 180;

    [Fact]
    public async Task A10_one_connection_too_many_is_refused_and_the_others_stay()
    {
        await using var first = await house.Someone();
        await using var second = await Visitor.LogIn(house.Server, first.Name);
        await using var third = await Visitor.LogIn(house.Server, first.Name);
        await using var fourth = await RawConnection.Open(house.Server.Url);

        var answer = await fourth.Ask(new LogIn { UserName = first.Name, Password = Visitor.Password });

        answer.Outcome.Should().Be("tooManyConnections");
        foreach (var device in new[] { first, second, third }) await device.Do(new ListSessions());
        await third.DisposeAsync();
        await Eventually.Is(async () => (await fourth.Ask(new Resume { Token = first.Session.Token })).Outcome == "ok", "there is room again");
        await house.IsWell();
    }

    [Fact]
    public async Task B8_five_thousand_calls_in_one_frame_are_answered_in_order_and_most_of_them_with_when_to_come_back()
    {
        await using var visitor = await house.Someone();
        var calls = Enumerable.Range(0, 5_000).Select(_ => visitor.Connection.Expect()).ToList();

        await visitor.Connection.SendText(string.Concat(calls.Select(call => RawConnection.Frame("ListSessions", call.Id, "{}") + RawConnection.End)));
        var answers = (await Task.WhenAll(calls.Select(call => call.Answer))).Select(answer => new RawAnswer(answer)).ToList();

        answers.Take(199).Should().OnlyContain(answer => answer.Outcome == "ok");
        answers.Where(answer => answer.Outcome != "ok").Should().HaveCountGreaterThan(1_000)
            .And.OnlyContain(answer => answer.Outcome == "rateLimited" && answer.Refusal.GetProperty("retryAfterMs").GetInt64() > 0);
        visitor.Connection.Answered.TakeLast(calls.Count).Should().Equal(calls.Select(call => call.Id));
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task G9_who_sends_without_end_is_slowed_over_all_connections_and_loses_nothing()
    {
        await using var phone = await house.Someone();
        await using var laptop = await Visitor.LogIn(house.Server, phone.Name);
        var notebook = await phone.ChatWith(phone.Name);
        var drafts = Enumerable.Range(0, Many).Select(number => new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = $"{number}" }).ToList();

        var answers = await Task.WhenAll(drafts.Select((draft, at) => (at % 2 == 0 ? phone : laptop).Ask(draft)));
        var late = drafts.Where((_, at) => answers[at].Outcome != "ok").ToList();

        answers.Where(answer => answer.Outcome != "ok").Should().HaveCountGreaterThan(20)
            .And.OnlyContain(answer => answer.Outcome == "rateLimited" && answer.Refusal.GetProperty("retryable").GetBoolean() && answer.Refusal.GetProperty("retryAfterMs").GetInt64() > 0);
        await Eventually.Is(async () => (await phone.Ask(late[0])).Outcome == "ok", "whoever waits may send again");
        (await phone.Get<TranscriptPage>(new ReadTranscript { Conversation = notebook, Limit = Many })).Entries.OfType<Message>().Should().HaveCount(Many - late.Count + 1);
        await house.IsWell(phone);
    }

    [Fact]
    public async Task Who_changes_without_end_what_others_are_told_of_is_slowed_over_all_connections()
    {
        await using var phone = await house.Someone();
        await using var laptop = await Visitor.LogIn(house.Server, phone.Name);

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(number =>
            (number % 2 == 0 ? phone : laptop).Ask(new SetPresence { Choice = number % 4 < 2 ? PresenceChoice.DoNotDisturb : PresenceChoice.Auto })));

        answers.Where(answer => answer.Outcome != "ok").Should().HaveCountGreaterThan(20).And.OnlyContain(answer => answer.Outcome == "rateLimited");
        await house.IsWell(phone);
    }
}
