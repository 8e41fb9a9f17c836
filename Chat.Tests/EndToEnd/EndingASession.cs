using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

public sealed class EndingASession : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.Start(Relaxed.Settings);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Logging_out_is_answered_and_closes_every_connection_of_the_session_but_no_other()
    {
        await using var phone = await Guest.Register(_server.Url, "ann");
        await using var phoneAgain = await Guest.Resume(_server.Url, phone.Session.Token!);
        await using var laptop = await Guest.LogIn(_server.Url, "ann");

        (await phone.Call<Done>(nameof(IChatHub.LogOut), new LogOut())).Ok.Should().BeTrue();

        await phone.Closed.WaitAsync(Patience);
        await phoneAgain.Closed.WaitAsync(Patience);
        phoneAgain.Heard.OfType<SessionEnd>().Should().ContainSingle().Which.Reason.Should().Be(SessionEndReason.LoggedOut);
        (await laptop.Call<Profile>(nameof(IChatHub.FindUser), new FindUser { UserName = "ann" })).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task The_token_of_an_ended_session_opens_nothing()
    {
        await using var phone = await Guest.Register(_server.Url, "ann");
        await phone.Must<Done>(nameof(IChatHub.LogOut), new LogOut());
        await using var later = await Guest.Connect(_server.Url);

        var answer = await later.Call<Session>(nameof(IChatHub.Resume), new Resume { Token = phone.Session.Token });

        answer.Refusal!.Name.Should().Be("sessionEnded");
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions()
    {
        await using var phone = await Guest.Register(_server.Url, "ann");
        await using var laptop = await Guest.LogIn(_server.Url, "ann");

        await phone.Must<Done>(nameof(IChatHub.ChangePassword), new ChangePassword { Current = Guest.Password, New = "another horse battery" });

        await laptop.Closed.WaitAsync(Patience);
        (await phone.Call<Profile>(nameof(IChatHub.FindUser), new FindUser { UserName = "ann" })).Ok.Should().BeTrue();
    }

    [Fact]
    public async Task Going_offline_is_told_once_and_only_when_the_last_device_is_gone()
    {
        await using var bob = await Guest.Register(_server.Url, "bob");
        var cyd = await Guest.Register(_server.Url, "cyd");
        await using var phone = await Guest.Register(_server.Url, "ann");
        var laptop = await Guest.LogIn(_server.Url, "ann");
        await Eventually.Is(() => OfAnn(bob).Contains(Presence.Online), "bob saw ann come");

        await phone.Must<Done>(nameof(IChatHub.LogOut), new LogOut());
        await cyd.DisposeAsync();
        await Eventually.Is(() => Of("cyd", bob).Contains(Presence.Offline), "who went after the phone was missed");
        OfAnn(bob).Should().Equal(Presence.Online);
        await laptop.DisposeAsync();

        await Eventually.Is(() => OfAnn(bob).Contains(Presence.Offline), "bob saw ann go");
        await using var back = await Guest.LogIn(_server.Url, "ann");
        await Eventually.Is(() => OfAnn(bob).Count() >= 3, "bob saw ann come again");
        OfAnn(bob).Should().Equal(Presence.Online, Presence.Offline, Presence.Online);
    }

    private static IEnumerable<Presence> OfAnn(Guest guest) => Of("ann", guest);

    private static IEnumerable<Presence> Of(string userName, Guest guest) =>
        guest.Heard.OfType<PresenceNotice>().Where(notice => notice.Person.UserName == userName).Select(notice => notice.Presence);
}
