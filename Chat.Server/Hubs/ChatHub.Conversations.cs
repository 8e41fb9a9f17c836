using Chat.Contracts;

namespace Chat.Server.Hubs;

internal sealed partial class ChatHub
{
    public Task<Answer<Conversation>> StartPrivateChat(StartPrivateChat request) => privateChats.Start(Caller, request);

    public Task<Answer<ConferenceStarted>> StartConference(StartConference request) => conferences.Start(Caller, request);

    public Task<Answer<ConferenceStarted>> Invite(Invite request) => invitations.Invite(Caller, request);

    public Task<Answer<ConversationPage>> ListConversations(ListConversations request) => list.Read(Caller, request);

    public Task<Answer<Conversation>> GetConversation(GetConversation request) => list.Get(Caller, request);

    public Task<Answer<MemberPage>> ListMembers(ListMembers request) => members.Read(Caller, request);

    public Task<Answer<OpenConferencePage>> ListOpenConferences(ListOpenConferences request) => openConferences.List(Caller, request);

    public Task<Answer<Conversation>> JoinConference(JoinConference request) => openConferences.Join(Caller, request);

    public Task<Answer<Done>> LeaveConference(LeaveConference request) => departures.Leave(Caller, request);

    public Task<Answer<Done>> RemoveMember(RemoveMember request) => departures.Remove(Caller, request);

    public Task<Answer<Done>> ChangeRole(ChangeRole request) => roles.Change(Caller, request);

    public Task<Answer<Done>> RenameConference(RenameConference request) => conferences.Rename(Caller, request);

    public Task<Answer<Done>> HideConversation(HideConversation request) => settings.Hide(Caller, request);

    public Task<Answer<Done>> PinConversation(PinConversation request) => settings.Pin(Caller, request);

    public Task<Answer<Done>> MuteConversation(MuteConversation request) => settings.Mute(Caller, request);
}
