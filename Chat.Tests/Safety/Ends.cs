using System.Diagnostics;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>D: who goes on calling after the end, or with the proof of a session that there is not.</summary>
public sealed class Ends(House house) : IClassFixture<House>
{
    [Fact]
    public async Task D1_after_the_log_out_nothing_is_answered_on_any_connection_of_the_session()
    {
        await using var phone = await house.Someone();
        await using var second = await RawConnection.Open(house.Server.Url);
        await second.Ask(new Resume { Token = phone.Session.Token });
        var began = Stopwatch.GetTimestamp();

        await phone.Do(new LogOut());

        await phone.Connection.Closed;
        await second.Closed;
        Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(10), "one second, on a machine that has time for it");
        second.Events.Should().Contain(heard => heard.Name == "SessionEnded");
        await using var again = await RawConnection.Open(house.Server.Url);
        (await again.Ask(new Resume { Token = phone.Session.Token })).Outcome.Should().Be("sessionEnded");
        await house.IsWell();
    }

    [Fact]
    public async Task D1_calls_that_were_on_their_way_behind_the_log_out_are_refused()
    {
        await using var visitor = await house.Someone();
        var notebook = await visitor.ChatWith(visitor.Name);
        var end = visitor.Connection.Expect();
        var late = visitor.Connection.Expect();
        var message = RawConnection.ToJson(new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = "too late" });

        await visitor.Connection.SendText(RawConnection.Frame("LogOut", end.Id, "{}") + RawConnection.End + RawConnection.Frame("SendMessage", late.Id, message) + RawConnection.End);

        new RawAnswer(await end.Answer).Outcome.Should().Be("ok");
        await visitor.Connection.Closed;
        try
        {
            new RawAnswer(await late.Answer).Outcome.Should().Be("sessionEnded");
        }
        catch (IOException)
        {
            // It was closed before the answer.
        }
        await using var again = await Visitor.LogIn(house.Server, visitor.Name);
        (await again.Get<TranscriptPage>(new ReadTranscript { Conversation = notebook })).Entries.OfType<Message>().Should().BeEmpty();
        await house.IsWell(again);
    }

    [Fact]
    public async Task D3_a_user_who_is_shut_out_is_closed_and_hears_nothing_more()
    {
        await using var ruler = await house.Administrator();
        var (owner, member, conference) = await house.Conference();

        await ruler.Do(new DeactivateUser { UserName = member.Name });
        await owner.Say(conference, "now that he is gone");

        await member.Connection.Closed;
        member.Connection.Events.Should().NotContain(heard => heard.Argument.Contains("now that", StringComparison.Ordinal));
        await using var again = await RawConnection.Open(house.Server.Url);
        (await again.Ask(new LogIn { UserName = member.Name, Password = Visitor.Password })).Outcome.Should().Be("wrongCredentials");
        (await again.Ask(new Resume { Token = member.Session.Token })).Outcome.Should().Be("sessionEnded");
        await owner.DisposeAsync();
        await member.DisposeAsync();
    }

    [Fact]
    public async Task D3_where_the_only_owner_is_shut_out_another_looks_after_the_conference()
    {
        await using var ruler = await house.Administrator();
        var (owner, member, conference) = await house.Conference();
        await using var _ = owner;
        await using var successor = member;

        await ruler.Do(new DeactivateUser { UserName = owner.Name });

        await successor.Do(new RenameConference { Conversation = conference, Title = "Ours" });
        await house.IsWell(successor);
    }

    [Fact]
    public async Task D4_a_session_that_expires_closes_its_connections()
    {
        ManualClock clock = new();
        await using var server = await SafetyServer.Start(new LogBook(), clock, [.. SafetyServer.Unlimited, "--Login:SessionDays=1"]);
        await using var visitor = await Visitor.Register(server, "visitor");

        clock.Jump(TimeSpan.FromDays(1)); // the wall clock alone: nobody was silent for a day

        await Eventually.Is(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            return visitor.Connection.IsClosed;
        }, "an expired session is closed");
        visitor.Connection.Events.Should().Contain(heard => heard.Name == "SessionEnded" && heard.Argument.Contains("expired", StringComparison.Ordinal));
        await using var again = await RawConnection.Open(server.Url);
        (await again.Ask(new Resume { Token = visitor.Session.Token })).Outcome.Should().Be("sessionEnded");
    }

    public static TheoryData<string, Func<string, string>> Tampered => new()
    {
        { "another letter", token => (token[0] == 'A' ? 'B' : 'A') + token[1..] },
        { "truncated", token => token[..^1] },
        { "longer", token => token + "A" },
        { "8 KB", _ => new('A', 8 * 1024) },
        { "empty", _ => "" },
        { "another user's id", _ => "u0190a0b0c0d0e0f00190a0b0c0d0e0f0" },
        { "alg none", _ => "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9." },
        { "from elsewhere", _ => "q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng" },
        { "with a zero", token => token + "\0" },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task D5_a_token_that_is_none_has_no_session(string how, Func<string, string> tamper)
    {
        await using var visitor = await house.Someone();
        await using var stranger = await RawConnection.Open(house.Server.Url);

        var answer = await stranger.Ask(new Resume { Token = tamper(visitor.Session.Token!) });

        answer.Outcome.Should().Be("sessionEnded", how);
        answer.Refusal.GetProperty("text").GetString().Should().Be(Refusal.SessionEnded.Text);
        await house.IsWell(visitor);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    public async Task D6_a_token_in_the_address_gets_no_connection(string name)
    {
        await using var visitor = await house.Someone();

        var answer = await house.Server.Http.GetAsync($"/chat?{name}={visitor.Session.Token}");

        ((int)answer.StatusCode).Should().Be(400);
        await house.IsWell(visitor);
    }

    [Fact]
    public async Task D8_the_hundred_and_first_session_ends_the_one_that_was_unused_the_longest()
    {
        await using var first = await house.Someone();
        for (var i = 0; i < 100; i++) await (await Visitor.LogIn(house.Server, first.Name)).DisposeAsync();

        await first.Connection.Closed;
        await using var last = await Visitor.LogIn(house.Server, first.Name);
        var sessions = (await last.Get<SessionPage>(new ListSessions())).Items;
        sessions.Should().HaveCount(100).And.ContainSingle(session => session.Current);
        await last.Do(new EndSession { SessionId = sessions.First(session => !session.Current).SessionId });
        (await last.Get<SessionPage>(new ListSessions())).Items.Should().HaveCount(99);
        await house.IsWell(last);
    }

    [Fact]
    public async Task D9_whoever_is_owner_no_more_is_so_from_the_next_call_on()
    {
        var (owner, member, conference) = await house.Conference();
        await owner.Do(new ChangeRole { Conversation = conference, UserName = member.Name, Role = Role.Owner });
        await member.Do(new ChangeRole { Conversation = conference, UserName = owner.Name, Role = Role.Member });

        (await owner.Ask(new RenameConference { Conversation = conference, Title = "Mine" })).Outcome.Should().Be("forbidden");
        (await owner.Ask(new RemoveMember { Conversation = conference, UserName = member.Name })).Outcome.Should().Be("forbidden");
        await house.IsWell(owner);
        await owner.DisposeAsync();
        await member.DisposeAsync();
    }
}
