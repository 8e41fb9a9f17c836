using Chat.Contracts;
using Chat.Server.Login;
using Chat.Tests.Support;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Login;

public sealed class Guessing
{
    private const string Elsewhere = "198.51.100.7";

    private readonly ManualClock _clock = new();

    [Fact]
    public void From_the_sixth_failure_on_each_makes_the_address_wait_longer()
    {
        var attempts = New();
        for (var i = 0; i < 5; i++) attempts.Begin("bob", Elsewhere).Wait.Should().Be(TimeSpan.Zero);

        List<double> waits = [];
        for (var i = 0; i < 9; i++)
        {
            attempts.Begin("bob", Elsewhere).Wait.Should().Be(TimeSpan.Zero);
            var wait = attempts.Begin("bob", Elsewhere).Wait;
            waits.Add(wait.TotalSeconds);
            _clock.Advance(wait);
        }

        waits.Should().Equal(1, 2, 4, 8, 16, 32, 60, 60, 60);
    }

    [Fact]
    public async Task The_refusal_says_how_long_and_the_right_password_must_wait_too()
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob");
        for (var i = 0; i < 6; i++) await login.LogIn("bob", "wrong heron");

        var answer = await login.LogIn("bob");

        answer.Refusal.Should().Be(Refusal.RateLimited.RetryAfter(TimeSpan.FromSeconds(1)));
        login.People.Clock.Advance(TimeSpan.FromSeconds(1));
        (await login.LogIn("bob")).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task Right_passwords_at_once_all_get_in()
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => login.LogIn("bob", from: Elsewhere)));

        answers.Should().OnlyContain(answer => answer.Ok);
    }

    [Fact]
    public async Task Wrong_passwords_at_once_are_no_way_around()
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => login.LogIn("bob", "wrong heron", Elsewhere)));

        answers.Count(answer => answer.Refusal == Refusal.WrongCredentials).Should().Be(6);
        answers.Count(answer => answer.Refusal!.Name == "rateLimited").Should().Be(24);
    }

    [Fact]
    public async Task A_stranger_locks_no_owner_out()
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob");
        for (var i = 0; i < 130; i++) await login.LogIn("bob", "wrong heron", from: $"198.51.100.{i}");

        (await login.LogIn("bob", from: Elsewhere)).Refusal!.Name.Should().Be("rateLimited", "strangers have used up their tries");
        (await login.LogIn("bob", from: TestLogin.Home)).Ok.Should().BeTrue("bob has come from here before");
    }

    [Fact]
    public async Task A_session_resumed_makes_its_address_known()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");
        var restarted = login.With(login.Options);
        await restarted.Resume(bob.Session.Token);
        for (var i = 0; i < 130; i++) restarted.Attempts.Begin("bob", $"198.51.100.{i}");

        (await restarted.LogIn("bob", from: TestLogin.Home)).Ok.Should().BeTrue();
    }

    [Fact]
    public void One_address_fails_twenty_times_a_minute_whatever_users_it_tries()
    {
        var attempts = New();
        for (var i = 0; i < 20; i++) attempts.Begin($"user{i}", Elsewhere).Wait.Should().Be(TimeSpan.Zero);

        var wait = attempts.Begin("user20", Elsewhere).Wait;

        wait.Should().Be(TimeSpan.FromSeconds(3));
        attempts.Begin("user20", TestLogin.Home).Wait.Should().Be(TimeSpan.Zero);
        _clock.Advance(wait);
        attempts.Begin("user20", Elsewhere).Wait.Should().Be(TimeSpan.Zero);
        attempts.Begin("user21", Elsewhere).Wait.Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Who_gets_in_uses_nothing_up()
    {
        var attempts = New();

        for (var i = 0; i < 500; i++)
        {
            var attempt = attempts.Begin($"user{i % 50}", Elsewhere);
            attempt.Wait.Should().Be(TimeSpan.Zero);
            attempt.Succeeded();
        }
    }

    [Fact]
    public void A_try_that_was_never_judged_counts_for_nothing()
    {
        var attempts = New();

        for (var i = 0; i < 500; i++)
        {
            var attempt = attempts.Begin("bob", Elsewhere);
            attempt.Wait.Should().Be(TimeSpan.Zero);
            attempt.Undo();
        }
    }

    [Fact]
    public void All_of_one_IPv6_network_are_one_address()
    {
        var attempts = New();
        for (var i = 0; i < 20; i++) attempts.Begin($"user{i}", $"2001:db8:1:2::{i:x}");

        attempts.Begin("bob", "2001:db8:1:2:ffff::1").Wait.Should().BePositive();
        attempts.Begin("bob", "2001:db8:1:3::1").Wait.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void After_fifteen_minutes_failures_are_forgotten()
    {
        var attempts = New();
        for (var i = 0; i < 6; i++) attempts.Begin("bob", Elsewhere);
        _clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        for (var i = 0; i < 5; i++) attempts.Begin("bob", Elsewhere).Wait.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_jump_of_the_wall_clock_changes_nothing(int days)
    {
        var attempts = New();
        for (var i = 0; i < 6; i++) attempts.Begin("bob", Elsewhere);
        _clock.Jump(TimeSpan.FromDays(days));

        attempts.Begin("bob", Elsewhere).Wait.Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Registrations_of_one_address_are_limited()
    {
        await using var login = await TestLogin.Open(new() { PasswordIterations = 1_000, RegistrationsPerAddress = 2 });
        await login.Register("anna1");
        await login.Register("berta1");

        var answer = await login.Entrance.Register(new() { UserName = "clara1", Password = TestLogin.Password }, TestLogin.Home);
        answer.Refusal.Should().Be(Refusal.RateLimited.RetryAfter(TimeSpan.FromMinutes(30)));
        (await login.Entrance.Register(new() { UserName = "clara1", Password = TestLogin.Password }, Elsewhere)).Ok.Should().BeTrue();
    }

    [Fact]
    public void Switched_off_nothing_is_limited()
    {
        var attempts = New(new() { FreeFailures = 0, FailuresPerAddress = 0, FailuresPerUser = 0, RegistrationsPerAddress = 0 });

        for (var i = 0; i < 1_000; i++)
        {
            attempts.Begin("bob", Elsewhere).Wait.Should().Be(TimeSpan.Zero);
            attempts.BeginRegistration(Elsewhere).Should().Be(TimeSpan.Zero);
        }
    }

    [Fact]
    public void A_flood_of_addresses_and_names_fills_no_memory_and_leaves_who_is_known()
    {
        var attempts = New();
        attempts.LetIn("bob", TestLogin.Home);

        for (var i = 0; i < 120_000; i++) attempts.Begin($"user{i}", $"10.{i >> 16}.{i >> 8 & 255}.{i & 255}");

        attempts.Remembered.Should().BeLessThan(200_000);
        for (var i = 0; i < 110; i++) attempts.Begin("bob", $"203.0.113.{i}");
        attempts.Begin("bob", TestLogin.Home).Wait.Should().Be(TimeSpan.Zero);
    }

    private Attempts New(LoginOptions? options = null) => new(Options.Create(options ?? new()), _clock);
}
