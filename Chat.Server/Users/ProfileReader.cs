using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Server.Storage;

namespace Chat.Server.Users;

/// <summary>Profiles as one viewer may see them. What is for the user alone is in <see cref="Own(Sql, UserId)"/> and nowhere else.</summary>
internal sealed class ProfileReader(Sight sight, Administrators administrators)
{
    public async Task<Profile> Own(Sql sql, UserId user) => await Own(sql, (await UserRow.Of(sql, user))!);

    public async Task<Profile> Own(Sql sql, UserRow row)
    {
        var seen = await sight.Of(sql, row.Id, [row.Id]);
        return Shape(row, seen(row.Id)) with
        {
            PresenceChoice = row.Choice,
            HidesLastSeen = row.HidesLastSeen,
            Administrator = administrators.Names(row.UserName),
        };
    }

    /// <summary>As those see it whom the user has not blocked.</summary>
    public async Task<Profile> ForOthers(Sql sql, UserRow row) => Shape(row, (await sight.Of(sql, Sight.Anybody, [row.Id]))(row.Id));

    public async Task<List<Profile>> For(Sql sql, UserId viewer, IReadOnlyList<UserRow> rows)
    {
        var seen = await sight.Of(sql, viewer, rows.Select(row => row.Id));
        List<Profile> profiles = [];
        foreach (var row in rows) profiles.Add(row.Id == viewer ? await Own(sql, row) : Shape(row, seen(row.Id)));
        return profiles;
    }

    private static Profile Shape(UserRow row, Seen seen) => new(row.Id, row.UserName, row.DisplayName, seen.Presence, row.Version)
    {
        About = row.About,
        TimeZone = row.TimeZone,
        Avatar = row.Avatar,
        LastSeen = seen.LastSeen,
        DoNotDisturb = row.Choice == PresenceChoice.DoNotDisturb ? true : null,
    };
}
