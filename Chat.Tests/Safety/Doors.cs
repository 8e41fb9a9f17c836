using Chat.Contracts;
using Chat.Server.Login;
using Chat.Server.Storage;
using Chat.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Safety;

/// <summary>C: registering, logging in and changing the password in the wrong way, or too often.</summary>
public sealed class Doors(House house) : IClassFixture<House>
{
    [Fact]
    public async Task C4_of_a_hundred_log_ins_at_once_some_wait_and_the_rest_is_told_to_come_back()
    {
        await using House busy = new Busy();
        await busy.InitializeAsync();
        var strangers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RawConnection.Open(busy.Server.Url)));

        var trying = strangers.Select((stranger, at) => stranger.Ask(new LogIn { UserName = $"nobody{at}", Password = Visitor.Password })).ToList();
        await busy.IsWell();
        var outcomes = (await Task.WhenAll(trying)).Select(answer => answer.Outcome).ToList();

        outcomes.Distinct().Should().BeEquivalentTo(["wrongCredentials", "serverBusy"]);
        foreach (var stranger in strangers) await stranger.DisposeAsync();
        await busy.IsWell();
    }

    public static TheoryData<string, string, string> Passwords => new()
    {
        { "C5", new('ж', 32), "ok" },
        { "C5", Long(64), "ok" },
        { "C5", Long(128), "ok" },
        { "C5", Long(1_024), "ok" },
        { "C5", Long(1_025), "tooLarge" },
        { "C5", new('x', 10_000), "tooLarge" },
        { "C5", new('x', 100_000), "tooLarge" },
        { "C5", "nul\0in the middle", "ok" },
        { "C5", "🦊🌧🚲🎻", "ok" },
        { "C5", "  a space before and behind  ", "ok" },
        { "C5", "une a\u0300 cole\u0301re", "ok" },
        { "C6", "abc1$xy", "invalid" },
        { "C6", "password1", "invalid" },
        { "C6", "iloveyou2", "invalid" },
        { "C6", "SignalRChat", "invalid" },
        { "C6", "its.own.name", "invalid" },
        { "C6", "the heron eats at dawn", "ok" },
    };

    [Theory]
    [MemberData(nameof(Passwords))]
    public async Task A_password_is_taken_as_it_is_or_refused(string row, string password, string outcome)
    {
        await using var newcomer = await RawConnection.Open(house.Server.Url);
        var name = password == "its.own.name" ? password : house.NewName();

        var answer = await newcomer.Ask(new Register { UserName = name, Password = password });

        answer.Outcome.Should().Be(outcome, row);
        if (outcome != "ok") answer.Field.Should().Be("password");
        else
        {
            (await Outcome(new LogIn { UserName = name, Password = password.Normalize() })).Should().Be("ok");
            (await Outcome(new LogIn { UserName = name, Password = password[..^1] })).Should().Be("wrongCredentials", "nothing is cut off");
            if (password.Trim() != password) (await Outcome(new LogIn { UserName = name, Password = password.Trim() })).Should().Be("wrongCredentials", "nothing is trimmed");
        }
        await house.IsWell();
    }

    [Theory]
    [InlineData("", "invalid")]
    [InlineData("b", "invalid")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefg", "invalid")] // 33
    [InlineData("../x", "invalid")]
    [InlineData("a b", "invalid")]
    [InlineData("a@b", "invalid")]
    [InlineData("<b>", "invalid")]
    [InlineData("%00", "invalid")]
    [InlineData("admin", "userNameTaken")]
    [InlineData("R00T", "userNameTaken")]
    [InlineData("system", "userNameTaken")]
    [InlineData("deleted-user", "userNameTaken")]
    [InlineData("lobby", "userNameTaken")]
    public async Task C7_what_is_no_name_and_what_is_nobodys_is_refused(string name, string outcome)
    {
        (await Outcome(new Register { UserName = name, Password = Visitor.Password })).Should().Be(outcome);
        (await Outcome(new LogIn { UserName = name, Password = Visitor.Password })).Should().BeOneOf("wrongCredentials", "rateLimited"); // all that are no names are one
        await house.IsWell();
    }

    [Fact]
    public async Task C8_of_fifty_who_register_one_name_at_once_one_gets_it()
    {
        string[] likenesses = ["Robert", "robert", "ROBERT", "ｒｏｂｅｒｔ", "r.obert"];
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RawConnection.Open(house.Server.Url)));

        var outcomes = await Task.WhenAll(all.Select(async (one, at) => (await one.Ask(new Register { UserName = likenesses[at % 5], Password = Visitor.Password })).Outcome));

        outcomes.Count(outcome => outcome == "ok").Should().Be(1);
        outcomes.Where(outcome => outcome != "ok").Should().OnlyContain(outcome => outcome == "userNameTaken");
        foreach (var one in all) await one.DisposeAsync();
        await house.IsWell();
    }

    [Fact]
    public async Task C9_who_registers_without_end_has_to_wait()
    {
        await using House guarded = new Guarded();
        await guarded.InitializeAsync(); // has registered two

        List<RawAnswer> answers = [];
        for (var i = 0; i < 20; i++) answers.Add(await Ask(guarded, new Register { UserName = guarded.NewName(), Password = Visitor.Password }));

        answers.Select(answer => answer.Outcome).Should().Equal([.. Enumerable.Repeat("ok", 8), .. Enumerable.Repeat("rateLimited", 12)]);
        answers[^1].Refusal.GetProperty("retryAfterMs").GetInt64().Should().BePositive();
        await guarded.IsWell();
    }

    [Fact]
    public async Task C9_where_registration_is_closed_nobody_registers()
    {
        await using var server = await SafetyServer.Start(new LogBook(), "--Users:Registration=false");
        await using var newcomer = await RawConnection.Open(server.Url);

        (await newcomer.Ask(new Register { UserName = "newcomer", Password = Visitor.Password })).Outcome.Should().Be("registrationClosed");
    }

    [Fact]
    public async Task C10_a_password_is_changed_by_who_knows_it_and_ends_the_other_sessions()
    {
        await using var phone = await house.Someone();
        await using var laptop = await Visitor.LogIn(house.Server, phone.Name);
        const string next = "a kite over the dunes";

        (await phone.Ask(new ChangePassword { Current = "not the right one", New = next })).Outcome.Should().Be("wrongCredentials");
        (await phone.Ask(new ChangePassword { Current = "", New = next })).Outcome.Should().Be("wrongCredentials");
        new RawAnswer(await phone.Connection.CallRaw("ChangePassword", $$"""{"new":"{{next}}"}""")).Outcome.Should().Be("invalid");
        (await phone.Ask(new ChangePassword { Current = Visitor.Password, New = Visitor.Password })).Outcome.Should().Be("invalid");
        await laptop.Do(new ListSessions());
        await phone.Do(new ChangePassword { Current = Visitor.Password, New = next });

        await laptop.Connection.Closed;
        (await Outcome(new Resume { Token = laptop.Session.Token })).Should().Be("sessionEnded");
        (await Outcome(new LogIn { UserName = phone.Name, Password = Visitor.Password })).Should().Be("wrongCredentials");
        (await Outcome(new LogIn { UserName = phone.Name, Password = next })).Should().Be("ok");
        await phone.Do(new ListSessions());
        await house.IsWell();
    }

    [Fact]
    public async Task C11_a_hash_of_weaker_times_lets_in_and_is_renewed()
    {
        await using House busy = new Busy();
        await busy.InitializeAsync();
        await using var visitor = await busy.Someone();
        using Passwords weak = new(Options.Create(new LoginOptions { PasswordIterations = 1_000 }));
        var database = busy.Server.Services.GetRequiredService<Database>();
        var old = (await weak.Hash(Visitor.Password))!;
        await database.Write(sql => sql.Change("UPDATE chat_user SET password_hash = @hash WHERE id = @user", ("hash", old), ("user", visitor.User)));

        (await Ask(busy, new LogIn { UserName = visitor.Name, Password = Visitor.Password })).Outcome.Should().Be("ok");

        var renewed = await database.Read(sql => sql.One("SELECT password_hash FROM chat_user WHERE id = @user", row => row.GetString(0), ("user", visitor.User)));
        renewed.Should().NotBe(old);
        (await Ask(busy, new LogIn { UserName = visitor.Name, Password = Visitor.Password })).Outcome.Should().Be("ok");
        await busy.IsWell();
    }

    [Fact]
    public async Task C12_no_secret_is_in_any_line_of_the_log()
    {
        const string canary = "CANARY-1a2b3c4d5e";
        LogBook log = new();
        await using var server = await SafetyServer.Start(log, [.. SafetyServer.Unlimited, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace"]);
        await using var visitor = await RawConnection.Open(server.Url);
        await using var second = await RawConnection.Open(server.Url);

        var session = (await visitor.Ask(new Register { UserName = "visitor", Password = canary })).As<Session>();
        await second.Ask(new LogIn { UserName = "visitor", Password = canary + "-wrong" });
        await second.CallRaw("LogIn", $$"""{"userName":5,"password":"{{canary}}"}""");
        await second.CallRaw("Resume", $$"""{"token":["{{canary}}"]}""");
        await using (var third = await RawConnection.Open(server.Url)) await third.Ask(new Resume { Token = session.Token });
        await visitor.Ask(new ChangePassword { Current = canary, New = canary + "-new" });
        (await second.Ask(new LogIn { UserName = "visitor", Password = canary + "-new" })).Outcome.Should().Be("ok");

        log.Text.Should().Contain("registered").And.Contain("LogIn").And.NotContain("CANARY").And.NotContain(session.Token);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task C13_a_clock_that_jumps_locks_nobody_out_for_longer(int days)
    {
        ManualClock clock = new();
        await using var server = await SafetyServer.Start(new LogBook(), clock, SafetyServer.Unlimited);
        await using var owner = await Visitor.Register(server, "owner");
        await using var guesser = await RawConnection.Open(server.Url);
        for (var i = 0; i < 6; i++) await guesser.Ask(new LogIn { UserName = owner.Name, Password = "not the right one" });

        clock.Jump(TimeSpan.FromDays(days));

        (await guesser.Ask(new LogIn { UserName = owner.Name, Password = Visitor.Password })).Refusal.GetProperty("retryAfterMs").GetInt64().Should().BeInRange(1, 60_000);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await guesser.Ask(new LogIn { UserName = owner.Name, Password = Visitor.Password })).Outcome.Should().Be("ok");
    }

    // Neither a run nor a repetition.
    private static string Long(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + (i * i * 7 % 89))));

    private async Task<string> Outcome(object request) => (await Ask(house, request)).Outcome;

    private static async Task<RawAnswer> Ask(House where, object request)
    {
        await using var somebody = await RawConnection.Open(where.Server.Url);
        return await somebody.Ask(request);
    }

    /// <summary>Hashes slowly, and lets few wait for it.</summary>
    private sealed class Busy : House
    {
        internal override string[] Settings => [.. SafetyServer.Unlimited, "--Login:PasswordIterations=60000", "--Login:PasswordQueue=8"];
    }

    private sealed class Guarded : House
    {
        internal override string[] Settings => [.. SafetyServer.Unlimited, "--Login:RegistrationsPerAddress=10"];
    }
}
