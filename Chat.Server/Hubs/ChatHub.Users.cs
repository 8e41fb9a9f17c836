using Chat.Contracts;

namespace Chat.Server.Hubs;

internal sealed partial class ChatHub
{
    public Task<Answer<Profile>> FindUser(FindUser request) => directory.Find(Caller, request);

    public Task<Answer<ProfilePage>> SearchUsers(SearchUsers request) => directory.Search(Caller, request);

    public Task<Answer<Profile>> GetProfile(GetProfile request) => directory.Get(Caller, request);

    public Task<Answer<Profile>> EditProfile(EditProfile request) => profiles.Edit(Caller, request);

    public Task<Answer<Profile>> SetPresence(SetPresence request) => profiles.SetPresence(Caller, Connection.Id, request);

    public Task<Answer<Done>> BlockUser(BlockUser request) => blocks.Block(Caller, request);

    public Task<Answer<Done>> UnblockUser(UnblockUser request) => blocks.Unblock(Caller, request);

    public Task<Answer<PersonPage>> ListBlockedUsers(ListBlockedUsers request) => blocks.List(Caller);

    public async Task<Answer<Done>> DeactivateUser(DeactivateUser request)
    {
        var answer = await deactivation.Deactivate(Caller, request);
        if (answer.Ok) await departures.HandOn(request.UserName);
        return answer;
    }

    public Task<Answer<Done>> ReactivateUser(ReactivateUser request) => deactivation.Reactivate(Caller, request);

    public Task<Answer<Done>> Announce(Announce request) => announcements.Make(Caller, request);
}
