using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Login;
using Chat.Tests.Delivery;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Login;

public sealed class SessionsOfAUser
{
    [Fact]
    public async Task They_are_listed_with_the_one_that_asks()
    {
        await using var login = await TestLogin.Open();
        var first = await login.Register("bob");
        login.People.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await login.Entrance.LogIn(new() { UserName = "bob", Password = TestLogin.Password, Device = "Phone" }, TestLogin.Home)).Value!;

        var rows = (await login.Sessions.List(first.User, first.SessionId)).Value!.Items;

        rows.Select(row => (row.SessionId, row.Device, row.Current)).Should().Equal((second.SessionId, "Phone", false), (first.SessionId, null, true));
    }

    [Fact]
    public async Task Log_out_ends_the_session_closes_its_connections_and_tells_the_inbox()
    {
        await using var login = await TestLogin.Open();
        var first = await login.Register("bob");
        var second = (await login.LogIn("bob")).Value!;

        await login.Sessions.LogOut(first.User, first.SessionId, new());
        await login.Sessions.LogOut(first.User, first.SessionId, new());

        login.Closed.Distinct().Should().Equal((first.SessionId, SessionEndReason.LoggedOut));
        (await login.Resume(first.Session.Token)).Refusal.Should().Be(Refusal.SessionEnded);
        (await login.Resume(second.Session.Token)).Ok.Should().BeTrue();
        (await login.IsLive(first.SessionId)).Should().BeFalse();
        (await login.People.Inbox(first.User)).Should().ContainSingle().Which.Should().BeOfType<SessionsEnded>()
            .Which.Sessions.Should().Equal(first.SessionId);
    }

    [Fact]
    public async Task Log_out_everywhere_ends_them_all_and_nobody_elses()
    {
        await using var login = await TestLogin.Open();
        var first = await login.Register("bob");
        var second = (await login.LogIn("bob")).Value!;
        var other = await login.Register("carol");

        await login.Sessions.LogOut(first.User, first.SessionId, new() { Everywhere = true });

        login.Closed.Select(closed => closed.Session).Should().BeEquivalentTo([first.SessionId, second.SessionId]);
        (await login.IsLive(other.SessionId)).Should().BeTrue();
    }

    // The first try was stored and its outcome unknown, so that nobody here had been told.
    [Fact]
    public async Task A_repeat_closes_what_the_first_try_may_have_left_open()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        await login.Sessions.LogOut(bob.User, bob.SessionId, new());
        login.Closed.Clear();

        await login.Sessions.LogOut(bob.User, bob.SessionId, new());

        login.Closed.Should().Equal((bob.SessionId, SessionEndReason.LoggedOut));
    }

    // Between the two tries the clock may be set forward by any time.
    [Fact]
    public async Task Log_out_everywhere_closes_whatever_an_earlier_try_may_have_left_open_however_long_ago_that_was()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        await login.Sessions.LogOut(bob.User, bob.SessionId, new() { Everywhere = true });
        login.ClosedAll.Clear();
        login.People.Clock.Advance(TimeSpan.FromDays(1));

        await login.Sessions.LogOut(bob.User, bob.SessionId, new() { Everywhere = true });

        login.ClosedAll.Should().Equal((bob.User, null, SessionEndReason.LoggedOut));
    }

    [Fact]
    public async Task Only_a_session_of_ones_own_can_be_ended()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        var carol = await login.Register("carol");

        (await login.Sessions.End(bob.User, new() { SessionId = carol.SessionId })).Refusal.Should().Be(Refusal.NoSuchSession);
        (await login.Sessions.End(bob.User, new() { SessionId = new("s0") })).Refusal.Should().Be(Refusal.NoSuchSession);
        (await login.IsLive(carol.SessionId)).Should().BeTrue();
        (await login.Sessions.End(bob.User, new() { SessionId = bob.SessionId })).Ok.Should().BeTrue();
        (await login.Sessions.End(bob.User, new() { SessionId = bob.SessionId })).Ok.Should().BeTrue("a repeat finds it done");
        login.Closed.Distinct().Should().Equal((bob.SessionId, SessionEndReason.Ended));
    }

    [Fact]
    public async Task The_hundred_and_first_ends_the_one_unused_the_longest()
    {
        await using var login = await TestLogin.Open();
        List<Admitted> all = [await login.Register("bob")];
        while (all.Count < Limits.SessionsPerUser)
        {
            login.People.Clock.Advance(TimeSpan.FromMinutes(2));
            all.Add((await login.LogIn("bob")).Value!);
        }
        await login.Resume(all[0].Session.Token);
        login.Closed.Should().BeEmpty();

        await login.LogIn("bob");

        login.Closed.Should().Equal((all[1].SessionId, SessionEndReason.Ended));
        (await login.Sessions.List(all[0].User, all[0].SessionId)).Value!.Items.Should().HaveCount(Limits.SessionsPerUser);
    }

    [Fact]
    public async Task A_session_in_use_does_not_expire_and_one_unused_does()
    {
        await using var login = await TestLogin.Open(new() { PasswordIterations = 1_000, SessionDays = 10 });
        var used = await login.Register("bob");
        var unused = (await login.LogIn("bob")).Value!;
        for (var day = 0; day < 12; day += 3)
        {
            login.People.Clock.Advance(TimeSpan.FromDays(3));
            (await login.Resume(used.Session.Token)).Value!.Session.ExpiresAt.Should().Be(login.People.Clock.GetUtcNow().AddDays(10));
        }

        (await login.Resume(unused.Session.Token)).Refusal.Should().Be(Refusal.SessionEnded);
        await login.Sessions.EndExpired();
        login.Closed.Should().Equal((unused.SessionId, SessionEndReason.Expired));
        (await login.People.Inbox(used.User)).Should().ContainSingle().Which.Should().BeOfType<SessionsEnded>();
    }

    [Fact]
    public async Task A_session_whose_connection_stays_does_not_expire()
    {
        await using var login = await TestLogin.Open(new() { PasswordIterations = 1_000, SessionDays = 1 });
        var (bob, clock) = (await login.Register("bob"), login.People.Clock);
        Connections connections = new(Options.Create(new DeliveryOptions()));
        Connection connection = new("one", new RecordingLink(), TimeSpan.FromSeconds(10), clock, NullLogger.Instance);
        connections.Add(connection);
        connections.Enter(connection, bob.User, bob.SessionId, bob.Session.ExpiresAt, Heartbeats.Undeclared);
        using SessionExpiry expiry = new(login.Sessions, connections, clock, NullLogger<SessionExpiry>.Instance);

        for (var hour = 0; hour < 48; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await expiry.Deed();
        }

        (await login.IsLive(bob.SessionId)).Should().BeTrue();
        connection.ExpiresAt.Should().BeAfter(clock.GetUtcNow().AddHours(22));
        connections.Remove(connection);
        clock.Advance(TimeSpan.FromDays(1));
        await expiry.Deed();
        login.Closed.Should().Equal((bob.SessionId, SessionEndReason.Expired));
    }

    [Fact]
    public async Task Renewing_is_stored_at_most_once_an_hour()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        login.People.Clock.Advance(TimeSpan.FromMinutes(59));

        (await login.Resume(bob.Session.Token)).Value!.Session.ExpiresAt.Should().Be(bob.Session.ExpiresAt);
        login.People.Clock.Advance(TimeSpan.FromMinutes(2));
        (await login.Resume(bob.Session.Token)).Value!.Session.ExpiresAt.Should().Be(bob.Session.ExpiresAt.AddMinutes(61));
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        await login.Sessions.LogOut(bob.User, bob.SessionId, new());
        login.People.Clock.Advance(TimeSpan.FromDays(31));

        await login.Sessions.EndExpired();

        (await login.People.Database.Read(sql => sql.One("SELECT COUNT(*) FROM session", row => row.GetInt64(0)))).Should().Be(0);
    }

    [Fact]
    public async Task A_change_of_password_ends_every_other_session()
    {
        await using var login = await TestLogin.Open();
        var here = await login.Register("bob");
        var there = (await login.LogIn("bob")).Value!;

        var answer = await login.PasswordChange.Change(
            here.User, here.SessionId, new() { Current = TestLogin.Password, New = "a kite over the dunes" }, TestLogin.Home);

        answer.Ok.Should().BeTrue();
        login.Closed.Should().Equal((there.SessionId, SessionEndReason.PasswordChanged));
        (await login.Resume(here.Session.Token)).Ok.Should().BeTrue();
        (await login.Resume(there.Session.Token)).Refusal.Should().Be(Refusal.SessionEnded);
        (await login.LogIn("bob")).Refusal.Should().Be(Refusal.WrongCredentials);
        (await login.LogIn("bob", "a kite over the dunes")).Ok.Should().BeTrue();
    }

    [Theory]
    [InlineData("wrong heron", "a kite over the dunes", "wrongCredentials", "current")]
    [InlineData("", "a kite over the dunes", "wrongCredentials", "current")]
    [InlineData(TestLogin.Password, TestLogin.Password, "invalid", "new")]
    [InlineData(TestLogin.Password, "password1", "invalid", "new")]
    [InlineData(TestLogin.Password, "short", "invalid", "new")]
    public async Task A_change_of_password_that_is_refused_changes_nothing(string current, string next, string refusal, string field)
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        await login.LogIn("bob");

        var answer = await login.PasswordChange.Change(bob.User, bob.SessionId, new() { Current = current, New = next }, TestLogin.Home);

        answer.Refusal.Should().Match<Refusal>(no => no.Name == refusal && no.Field == field);
        login.Closed.Should().BeEmpty();
        (await login.LogIn("bob")).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task A_session_that_has_ended_changes_no_password()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        await login.Sessions.LogOut(bob.User, bob.SessionId, new());

        var answer = await login.PasswordChange.Change(
            bob.User, bob.SessionId, new() { Current = TestLogin.Password, New = "a kite over the dunes" }, TestLogin.Home);

        answer.Refusal.Should().Be(Refusal.SessionEnded);
        (await login.LogIn("bob")).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task Of_two_changes_of_one_password_at_once_one_is_made()
    {
        await using var login = await TestLogin.Open();
        var one = await login.Register("bob");
        var two = (await login.LogIn("bob")).Value!;

        var answers = await Task.WhenAll(
            login.PasswordChange.Change(one.User, one.SessionId, new() { Current = TestLogin.Password, New = "a kite over the dunes" }, TestLogin.Home),
            login.PasswordChange.Change(two.User, two.SessionId, new() { Current = TestLogin.Password, New = "two kites over the dunes" }, TestLogin.Home));

        answers.Count(answer => answer.Ok).Should().Be(1);
    }

    [Fact]
    public async Task Deactivation_ends_all_sessions_until_the_user_is_let_in_again()
    {
        await using var login = await TestLogin.Open(administrators: "alice");
        var alice = await login.Register("alice");
        var bob = await login.Register("bob");

        (await login.Deactivation.Deactivate(bob.User, new() { UserName = "alice" })).Refusal.Should().Be(Refusal.Forbidden);
        (await login.Deactivation.Deactivate(alice.User, new() { UserName = "alice" })).Refusal!.Field.Should().Be("userName");
        (await login.Deactivation.Deactivate(alice.User, new() { UserName = "carol" })).Refusal.Should().Be(Refusal.NoSuchUser);
        (await login.Deactivation.Deactivate(alice.User, new() { UserName = "bob" })).Ok.Should().BeTrue();
        (await login.Deactivation.Deactivate(alice.User, new() { UserName = "bob" })).Ok.Should().BeTrue();

        login.Closed.Distinct().Should().Equal((bob.SessionId, SessionEndReason.Deactivated));
        (await login.Resume(bob.Session.Token)).Refusal.Should().Be(Refusal.SessionEnded);
        (await login.Deactivation.Reactivate(bob.User, new() { UserName = "bob" })).Refusal.Should().Be(Refusal.Forbidden);
        (await login.Deactivation.Reactivate(alice.User, new() { UserName = "bob" })).Ok.Should().BeTrue();
        (await login.LogIn("bob")).Ok.Should().BeTrue();
    }
}
