using Chat.Contracts;

namespace NineCases;

internal sealed partial class Scene
{
    public async Task FindUser()
    {
        Check.Equal((await _bob.Ask<Profile>(nameof(IChatHub.FindUser), new FindUser { UserName = Ann.ToUpperInvariant() })).UserName, Ann, "the user found");
        var nobody = await _bob.Refused<Profile>(nameof(IChatHub.FindUser), new FindUser { UserName = $"nobody.{_suffix}" });
        Check.Equal(nobody.Code, Refusal.NoSuchUser.Code, "a name that nobody has");
        var found = await _bob.Ask<ProfilePage>(nameof(IChatHub.SearchUsers), new SearchUsers { Text = Ann[..8] });
        Check.That(found.Items.Any(profile => profile.UserName == Ann), "a search by the beginning finds her");
        Check.Ok("a user is found by name, and by its beginning");
    }

    public async Task EditTheOwnProfile()
    {
        var seen = _annsSession.Me.Version;
        var edited = await _ann.Ask<Profile>(nameof(IChatHub.EditProfile), new EditProfile { Version = seen, DisplayName = "Ann the Planner", About = "makes plans" });
        Check.Equal(edited.Version, seen + 1, "the version after an edit");
        var told = await _bob.Sees<Profile, Profile>("her new profile", profile => profile.UserName == Ann && profile.Version == edited.Version ? profile : null);
        Check.Equal(told.DisplayName, "Ann the Planner", "the name that he is told");
        var stale = await _ann.Refused<Profile>(nameof(IChatHub.EditProfile), new EditProfile { Version = seen, DisplayName = "Ann the Late" });
        Check.Equal((stale.Code, stale.Current?.Version), (Refusal.StaleVersion.Code, edited.Version), "an edit of an old version");
        Check.Ok("a profile is edited, seen live by another, and an edit of an old version is refused");
    }

    public async Task LookAtAnothersProfile()
    {
        var profile = await _bob.Ask<Profile>(nameof(IChatHub.GetProfile), new GetProfile { UserName = Ann });
        Check.Equal((profile.DisplayName, profile.About, profile.Presence), ("Ann the Planner", "makes plans", Presence.Online), "the profile of another");
        Check.That(profile is { PresenceChoice: null, HidesLastSeen: null, Administrator: null }, "what is for her alone is left out");
        Check.Ok("the profile of another shows what is for others, and no more");
    }
}
