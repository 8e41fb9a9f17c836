using System.Text;
using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Login;

public sealed class GettingIn
{
    [Fact]
    public async Task Who_registers_is_let_in()
    {
        await using var login = await TestLogin.Open();

        var answer = await login.Entrance.Register(
            new() { UserName = "Bob", Password = TestLogin.Password, DisplayName = "Bob B.", HeartbeatMs = 5_000 }, TestLogin.Home);

        var session = answer.Value!.Session;
        session.Me.Should().Match<Profile>(me => me.UserName == "bob" && me.DisplayName == "Bob B." && me.Presence == Presence.Online);
        session.Should().Match<Session>(s => s.Lobby == Lobby.Id && s.Protocol == 1 && s.Epoch == login.People.Database.Epoch);
        session.ExpiresAt.Should().Be(login.People.Clock.GetUtcNow().AddDays(30));
        answer.Value.Should().Match<Chat.Server.Login.Admitted>(
            admitted => admitted.User == session.Me.User && admitted.SessionId == session.SessionId && admitted.Patience == TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task Where_there_is_no_Lobby_none_is_named()
    {
        await using var login = await TestLogin.Open(lobby: false);

        (await login.Register("bob")).Session.Lobby.Should().BeNull();
    }

    [Fact]
    public async Task A_name_in_use_is_taken()
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob");

        var answer = await login.Entrance.Register(new() { UserName = "B0B", Password = TestLogin.Password }, TestLogin.Home);

        answer.Refusal!.Name.Should().Be("userNameTaken");
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("BOB")]
    [InlineData("ｂｏｂ")]
    public async Task The_right_password_lets_in_whatever_the_case_of_the_name(string userName)
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");

        var answer = await login.LogIn(userName);

        answer.Value!.User.Should().Be(bob.User);
        answer.Value.SessionId.Should().NotBe(bob.SessionId);
    }

    [Fact]
    public async Task Wrong_password_unknown_user_and_deactivated_user_answer_the_same()
    {
        await using var login = await TestLogin.Open(administrators: "alice");
        var alice = await login.Register("alice");
        await login.Register("bob");
        await login.Deactivation.Deactivate(alice.User, new() { UserName = "bob" });

        (await login.LogIn("alice", "wrong heron")).Refusal.Should().Be(Refusal.WrongCredentials);
        (await login.LogIn("nobody1")).Refusal.Should().Be(Refusal.WrongCredentials);
        (await login.LogIn("not a name")).Refusal.Should().Be(Refusal.WrongCredentials);
        (await login.LogIn("bob")).Refusal.Should().Be(Refusal.WrongCredentials);
    }

    [Fact]
    public async Task A_password_is_never_trimmed_and_its_form_does_not_matter()
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob", " grüne Wiese\0🦊 ");

        (await login.LogIn("bob", " grüne Wiese\0🦊 ".Normalize(NormalizationForm.FormD))).Ok.Should().BeTrue();
        (await login.LogIn("bob", "grüne Wiese\0🦊")).Refusal.Should().Be(Refusal.WrongCredentials);
    }

    [Fact]
    public async Task A_token_lets_in_again()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");

        var answer = await login.Resume(bob.Session.Token);

        answer.Value.Should().BeEquivalentTo(new { bob.User, bob.SessionId, Session = new { bob.Session.Token } });
    }

    [Fact]
    public async Task A_cookie_lets_in_and_its_token_is_not_told()
    {
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob");

        var answer = await login.Entrance.Resume(new(), bob.Session.Token, TestLogin.Home);

        answer.Value!.SessionId.Should().Be(bob.SessionId);
        answer.Value.Session.Token.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_lets_nobody_in(string token)
    {
        await using var login = await TestLogin.Open();
        await login.Register("bob");

        (await login.Resume(token)).Refusal.Should().Be(Refusal.SessionEnded);
        (await login.Resume(new string('x', 8_000))).Refusal.Should().Be(Refusal.SessionEnded);
        (await login.Resume(null)).Refusal.Should().Be(Refusal.NotLoggedIn);
    }

    [Fact]
    public async Task A_greeting_is_checked()
    {
        await using var login = await TestLogin.Open();
        Register good = new() { UserName = "bob", Password = TestLogin.Password };

        (await login.Entrance.Register(good with { Protocol = 2 }, TestLogin.Home)).Refusal!.Name.Should().Be("unsupportedVersion");
        (await login.Entrance.Register(good with { HeartbeatMs = 999 }, TestLogin.Home)).Refusal.Should().Be(Refusal.Invalid.Of("heartbeatMs"));
        (await login.Entrance.Register(good with { HeartbeatMs = 30_001 }, TestLogin.Home)).Refusal.Should().Be(Refusal.Invalid.Of("heartbeatMs"));
        (await login.Entrance.Register(good with { Client = new string('x', 101) }, TestLogin.Home)).Refusal.Should().Be(Refusal.TooLarge.Of("client"));
        (await login.Entrance.Register(good with { Device = "a\r\nINFO admin logged in" }, TestLogin.Home)).Refusal!.Field.Should().Be("device");
        (await login.Entrance.Register(good with { Protocol = 1, HeartbeatMs = 1_000, Client = "x", Device = "y" }, TestLogin.Home)).Ok.Should().BeTrue();
    }

    [Fact]
    [Trait("Database", "sqlite")] // whose files are the tests' to read
    public async Task No_password_and_no_token_is_in_any_log_or_record_or_file()
    {
        const string canary = "CANARY-9f8e7d6c5b";
        await using var login = await TestLogin.Open();
        var bob = await login.Register("bob", canary);
        await login.LogIn("bob", canary + "wrong");
        await login.LogIn("bob", canary);
        await login.Resume(bob.Session.Token);
        await login.PasswordChange.Change(bob.User, bob.SessionId, new() { Current = canary, New = canary + "new" }, TestLogin.Home);
        await login.Sessions.LogOut(bob.User, bob.SessionId, new() { Everywhere = true });

        var said = string.Join('\n', login.Logs.Text, bob, bob.Session, new Answer<Session>(bob.Session, null),
            new Register { UserName = "bob", Password = canary }, new LogIn { UserName = "bob", Password = canary },
            new Resume { Token = canary }, new ChangePassword { Current = canary, New = canary });
        var stored = Encoding.Latin1.GetString(await login.People.Files());

        login.Logs.Text.Should().Contain(bob.SessionId.Value, "there are logs to look at");
        said.Should().NotContain("CANARY").And.NotContain(bob.Session.Token);
        stored.Should().NotContain("CANARY").And.NotContain(bob.Session.Token!);
    }
}
