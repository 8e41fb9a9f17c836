using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Client.Driving;

/// <summary>The hub as a connection reaches it: the one place where its methods are called by their names, and nothing that is too large gets through.</summary>
/// <param name="cancel">Ends the waiting for the answer, not what was asked for.</param>
internal sealed class HubProxy(HubConnection connection, CancellationToken cancel) : IChatHub
{
    public Task<Answer<Session>> Register(Register request) => Call<Session>(nameof(IChatHub.Register), request);
    public Task<Answer<Session>> LogIn(LogIn request) => Call<Session>(nameof(IChatHub.LogIn), request);
    public Task<Answer<Session>> Resume(Resume request) => Call<Session>(nameof(IChatHub.Resume), request);
    public Task<Answer<Done>> LogOut(LogOut request) => Call<Done>(nameof(IChatHub.LogOut), request);
    public Task<Answer<SessionPage>> ListSessions(ListSessions request) => Call<SessionPage>(nameof(IChatHub.ListSessions), request);
    public Task<Answer<Done>> EndSession(EndSession request) => Call<Done>(nameof(IChatHub.EndSession), request);
    public Task<Answer<Done>> ChangePassword(ChangePassword request) => Call<Done>(nameof(IChatHub.ChangePassword), request);

    public Task<Answer<Profile>> FindUser(FindUser request) => Call<Profile>(nameof(IChatHub.FindUser), request);
    public Task<Answer<ProfilePage>> SearchUsers(SearchUsers request) => Call<ProfilePage>(nameof(IChatHub.SearchUsers), request);
    public Task<Answer<Profile>> GetProfile(GetProfile request) => Call<Profile>(nameof(IChatHub.GetProfile), request);
    public Task<Answer<Profile>> EditProfile(EditProfile request) => Call<Profile>(nameof(IChatHub.EditProfile), request);
    public Task<Answer<Profile>> SetPresence(SetPresence request) => Call<Profile>(nameof(IChatHub.SetPresence), request);
    public Task<Answer<Done>> BlockUser(BlockUser request) => Call<Done>(nameof(IChatHub.BlockUser), request);
    public Task<Answer<Done>> UnblockUser(UnblockUser request) => Call<Done>(nameof(IChatHub.UnblockUser), request);
    public Task<Answer<PersonPage>> ListBlockedUsers(ListBlockedUsers request) => Call<PersonPage>(nameof(IChatHub.ListBlockedUsers), request);
    public Task<Answer<Done>> DeactivateUser(DeactivateUser request) => Call<Done>(nameof(IChatHub.DeactivateUser), request);
    public Task<Answer<Done>> ReactivateUser(ReactivateUser request) => Call<Done>(nameof(IChatHub.ReactivateUser), request);
    public Task<Answer<Done>> Announce(Announce request) => Call<Done>(nameof(IChatHub.Announce), request);

    public Task<Answer<Conversation>> StartPrivateChat(StartPrivateChat request) => Call<Conversation>(nameof(IChatHub.StartPrivateChat), request);
    public Task<Answer<ConferenceStarted>> StartConference(StartConference request) => Call<ConferenceStarted>(nameof(IChatHub.StartConference), request);
    public Task<Answer<ConferenceStarted>> Invite(Invite request) => Call<ConferenceStarted>(nameof(IChatHub.Invite), request);
    public Task<Answer<ConversationPage>> ListConversations(ListConversations request) => Call<ConversationPage>(nameof(IChatHub.ListConversations), request);
    public Task<Answer<Conversation>> GetConversation(GetConversation request) => Call<Conversation>(nameof(IChatHub.GetConversation), request);
    public Task<Answer<MemberPage>> ListMembers(ListMembers request) => Call<MemberPage>(nameof(IChatHub.ListMembers), request);
    public Task<Answer<OpenConferencePage>> ListOpenConferences(ListOpenConferences request) =>
        Call<OpenConferencePage>(nameof(IChatHub.ListOpenConferences), request);
    public Task<Answer<Conversation>> JoinConference(JoinConference request) => Call<Conversation>(nameof(IChatHub.JoinConference), request);
    public Task<Answer<Done>> LeaveConference(LeaveConference request) => Call<Done>(nameof(IChatHub.LeaveConference), request);
    public Task<Answer<Done>> RemoveMember(RemoveMember request) => Call<Done>(nameof(IChatHub.RemoveMember), request);
    public Task<Answer<Done>> ChangeRole(ChangeRole request) => Call<Done>(nameof(IChatHub.ChangeRole), request);
    public Task<Answer<Done>> RenameConference(RenameConference request) => Call<Done>(nameof(IChatHub.RenameConference), request);
    public Task<Answer<Done>> HideConversation(HideConversation request) => Call<Done>(nameof(IChatHub.HideConversation), request);
    public Task<Answer<Done>> PinConversation(PinConversation request) => Call<Done>(nameof(IChatHub.PinConversation), request);
    public Task<Answer<Done>> MuteConversation(MuteConversation request) => Call<Done>(nameof(IChatHub.MuteConversation), request);

    public Task<Answer<Receipt>> SendMessage(SendMessage request) => Call<Receipt>(nameof(IChatHub.SendMessage), request);
    public Task<Answer<Receipt>> EditMessage(EditMessage request) => Call<Receipt>(nameof(IChatHub.EditMessage), request);
    public Task<Answer<Receipt>> DeleteMessage(DeleteMessage request) => Call<Receipt>(nameof(IChatHub.DeleteMessage), request);
    public Task<Answer<Receipt>> React(React request) => Call<Receipt>(nameof(IChatHub.React), request);
    public Task<Answer<Receipt>> Unreact(Unreact request) => Call<Receipt>(nameof(IChatHub.Unreact), request);
    public Task<Answer<TranscriptPage>> ReadTranscript(ReadTranscript request) => Call<TranscriptPage>(nameof(IChatHub.ReadTranscript), request);
    public Task<Answer<ReadMark>> MarkRead(MarkRead request) => Call<ReadMark>(nameof(IChatHub.MarkRead), request);
    public Task<Answer<Done>> Typing(Typing request) => Call<Done>(nameof(IChatHub.Typing), request);
    public Task<Answer<ResyncResult>> Resync(Resync request) => Call<ResyncResult>(nameof(IChatHub.Resync), request);

    private Task<Answer<T>> Call<T>(string method, object request) where T : class =>
        CallSize.Refuse(request) is { } tooLarge ? Task.FromResult<Answer<T>>(tooLarge) : connection.InvokeAsync<Answer<T>>(method, request, cancel);
}
