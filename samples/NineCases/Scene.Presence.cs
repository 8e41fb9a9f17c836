using Chat.Contracts;

namespace NineCases;

internal sealed partial class Scene
{
    private const int GraceAndMore = 40;

    public async Task GoAndCome()
    {
        await _cyd.DisposeAsync();
        var gone = await _ann.Sees<PresenceNotice, PresenceNotice>("that cyd went", notice => IsOf(notice, Presence.Offline), GraceAndMore);
        Check.That(gone.LastSeen is not null, "when she was last here");

        _ann.Forget<PresenceNotice>();
        (_cyd, _) = await Resume(_cydsSession);
        await _ann.Sees<PresenceNotice, PresenceNotice>("that cyd came", notice => IsOf(notice, Presence.Online));
        var profile = await _ann.Ask<Profile>(nameof(IChatHub.GetProfile), new GetProfile { UserName = Cyd });
        Check.Equal(profile.Presence, Presence.Online, "her presence when asked for");
        Check.Ok("who goes and who comes is seen by the others");
    }

    /// <summary>Nobody says anything, and the clients do what they do by themselves.</summary>
    public async Task Idle(TimeSpan time)
    {
        var quiet = (await Get(_ann, _plans)).Head;
        Person[] people = [_ann, _bob, _cyd];
        using var over = new CancellationTokenSource(time);
        await Task.WhenAny(people.Select(person => person.Closed).Append(Task.Delay(Timeout.Infinite, over.Token)));
        Check.That(people.All(person => !person.Closed.IsCompleted), $"three idle connections stay open for {time.TotalSeconds} s");

        Check.Equal((await Get(_ann, _plans)).Head, quiet, "the place of a conversation in which nobody said anything");
        await _ann.Say(_plans, "still there?");
        await Task.WhenAll(people.Select(person => person.Hears(_plans, "still there?")));
        Check.Ok($"after {time.TotalSeconds} s of silence everybody is still connected, and hears");

        await LogOut(_cyd, _cydsSession);
        Check.Ok("and logs out");
    }

    private PresenceNotice? IsOf(PresenceNotice notice, Presence presence) => notice.Person.UserName == Cyd && notice.Presence == presence ? notice : null;
}
