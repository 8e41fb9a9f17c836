using Chat.Contracts;

namespace NineCases;

internal sealed partial class Scene
{
    public async Task LogInAndOut()
    {
        (var first, _annsSession) = await Register(Ann);
        Check.Equal(_annsSession.Me.UserName, Ann, "the user who registered");
        (_bob, _) = await Register(Bob);
        Check.Ok("two users register and are logged in");

        var phone = await Connect();
        var guess = new LogIn { UserName = Ann, Password = "not the password" };
        Check.Equal((await phone.Refused<Session>(nameof(IChatHub.LogIn), guess)).Code, Refusal.WrongCredentials.Code, "a wrong password");
        Check.Equal((await phone.Refused<SessionPage>(nameof(IChatHub.ListSessions), new ListSessions())).Code, Refusal.NotLoggedIn.Code, "a call before log-in");
        var onPhone = await phone.Ask<Session>(nameof(IChatHub.LogIn), new LogIn { UserName = Ann.ToUpperInvariant(), Password = _password, Device = "phone" });
        Check.That(onPhone.SessionId != _annsSession.SessionId && onPhone.Token != _annsSession.Token, "a log-in makes a session of its own");
        Check.Equal((await phone.Ask<SessionPage>(nameof(IChatHub.ListSessions), new ListSessions())).Items.Count, 2, "sessions of a user on two devices");
        Check.Ok("a second device logs in; a wrong password and a call before log-in are refused");

        await first.DisposeAsync();
        (_ann, var resumed) = await Resume(_annsSession);
        Check.Equal(resumed.SessionId, _annsSession.SessionId, "the session that was resumed");
        Check.Ok("a new connection resumes the session without the password");

        await LogOut(phone, onPhone);
        Check.That(!_ann.Closed.IsCompleted, "logging out on one device leaves the other");
        Check.Ok("log-out ends the session, closes its connection, and only that");
    }

    private async Task<(Person Person, Session Session)> Resume(Session session)
    {
        var person = await Connect();
        return (person, await person.Ask<Session>(nameof(IChatHub.Resume), new Resume { Token = session.Token }));
    }

    private async Task LogOut(Person person, Session session)
    {
        // The closing may overtake the answer, and means the same.
        var answer = person.Do(nameof(IChatHub.LogOut), new LogOut());
        await person.Sees<SessionEnd, SessionEnd>("the end of the session", end => end);
        await person.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        await answer.ContinueWith(_ => { }, TaskScheduler.Default);

        var later = await Connect();
        var refusal = await later.Refused<Session>(nameof(IChatHub.Resume), new Resume { Token = session.Token });
        Check.Equal(refusal.Code, Refusal.SessionEnded.Code, "resuming after log-out");
    }
}
