using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Users;

/// <summary>
/// Tells a profile, as others may see it, to everybody who shares a conversation with the user but those the user blocked. The user's own
/// devices hear of it in the inbox.
/// </summary>
internal sealed partial class ProfileTeller(Database database, ProfileReader reader, IAudience audience, LobbySwitch lobby, ILogger<ProfileTeller> logger)
{
    public async Task Tell(UserId user)
    {
        try
        {
            var (profile, hearers) = await database.Read(async sql => (await reader.ForOthers(sql, (await UserRow.Of(sql, user))!), await Hearers(sql, user)));
            _ = hearers.ProfileChanged(profile);
        }
        catch (StorageFault fault)
        {
            Log.NotTold(logger, fault, user); // the profile is stored; only the news is lost
        }
    }

    private async Task<IChatClient> Hearers(Sql sql, UserId user) => lobby.IsOn
        ? audience.MembersOf(Lobby.Id, [user, .. await Blocks.BlockedBy(sql, user)])
        : audience.DevicesOf(await Circle.Of(sql, user, int.MaxValue, lobby: false));

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Warning, "The profile of {User} was changed but could not be told.")]
        public static partial void NotTold(ILogger logger, Exception exception, UserId user);
    }
}
