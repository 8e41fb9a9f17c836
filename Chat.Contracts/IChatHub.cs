namespace Chat.Contracts;

/// <summary>
/// What clients call on the hub, at <c>/chat</c>. Every method takes one request record and answers a value or a <see cref="Refusal"/>.
/// Any of them may refuse with <c>invalid</c>, <c>tooLarge</c>, <c>rateLimited</c>, <c>serverBusy</c>, <c>storageUnavailable</c>, those that change
/// something with <c>outcomeUnknown</c>, and all but the first three with <c>notLoggedIn</c> or <c>sessionEnded</c>. A conversation that one may not see answers as one that does not exist.
/// </summary>
public interface IChatHub
{
    /// <summary>Makes a user and logs the connection in. Refuses <c>userNameTaken</c>, <c>registrationClosed</c>.</summary>
    [Anonymous] Task<Answer<Session>> Register(Register request);

    /// <summary>Unknown user and wrong password are the same <c>wrongCredentials</c>.</summary>
    [Anonymous] Task<Answer<Session>> LogIn(LogIn request);

    /// <summary>Logs in again by the token of a session, or by the session cookie. Refuses <c>sessionEnded</c>.</summary>
    [Anonymous] Task<Answer<Session>> Resume(Resume request);

    /// <summary>Ends the session: its connections, on every node, are closed and nothing later reaches them.</summary>
    Task<Answer<Done>> LogOut(LogOut request);

    Task<Answer<SessionPage>> ListSessions(ListSessions request);

    /// <summary>Ends another (or this) session of the caller. Refuses <c>noSuchSession</c>.</summary>
    Task<Answer<Done>> EndSession(EndSession request);

    /// <summary>Ends every other session of the caller. Refuses <c>wrongCredentials</c>.</summary>
    Task<Answer<Done>> ChangePassword(ChangePassword request);

    /// <summary>The user of exactly this name, whatever its case. Refuses <c>noSuchUser</c>.</summary>
    Task<Answer<Profile>> FindUser(FindUser request);

    Task<Answer<ProfilePage>> SearchUsers(SearchUsers request);

    /// <summary>Refuses <c>noSuchUser</c>.</summary>
    Task<Answer<Profile>> GetProfile(GetProfile request);

    /// <summary>Refuses <c>staleVersion</c>, with the profile as it is now.</summary>
    Task<Answer<Profile>> EditProfile(EditProfile request);

    Task<Answer<Profile>> SetPresence(SetPresence request);

    /// <summary>From here on this user can start no chat with the caller, and sees no presence, typing or read marks. Repeatable.</summary>
    Task<Answer<Done>> BlockUser(BlockUser request);

    /// <summary>Repeatable.</summary>
    Task<Answer<Done>> UnblockUser(UnblockUser request);

    Task<Answer<PersonPage>> ListBlockedUsers(ListBlockedUsers request);

    /// <summary>Refuses <c>forbidden</c> to all but administrators.</summary>
    Task<Answer<Done>> DeactivateUser(DeactivateUser request);

    /// <summary>Refuses <c>forbidden</c> to all but administrators.</summary>
    Task<Answer<Done>> ReactivateUser(ReactivateUser request);

    /// <summary>Refuses <c>forbidden</c> to all but administrators.</summary>
    Task<Answer<Done>> Announce(Announce request);

    /// <summary>The one private chat of the two, whoever starts it and however often. Refuses <c>noSuchUser</c>, <c>unavailable</c>.</summary>
    Task<Answer<Conversation>> StartPrivateChat(StartPrivateChat request);

    /// <summary>All or nothing; repeatable by its operation id. Refuses <c>nameTaken</c>, <c>operationIdReused</c>.</summary>
    Task<Answer<ConferenceStarted>> StartConference(StartConference request);

    /// <summary>Adds members to a conference. Of a private chat it makes a new conference. Repeatable by its operation id.</summary>
    Task<Answer<ConferenceStarted>> Invite(Invite request);

    Task<Answer<ConversationPage>> ListConversations(ListConversations request);

    Task<Answer<Conversation>> GetConversation(GetConversation request);

    Task<Answer<MemberPage>> ListMembers(ListMembers request);

    Task<Answer<OpenConferencePage>> ListOpenConferences(ListOpenConferences request);

    /// <summary>Repeatable.</summary>
    Task<Answer<Conversation>> JoinConference(JoinConference request);

    /// <summary>Repeatable. The last owner's leaving makes the longest-standing member owner. Refuses <c>notAConference</c>, <c>lobbyStays</c>.</summary>
    Task<Answer<Done>> LeaveConference(LeaveConference request);

    /// <summary>By owners. Refuses <c>forbidden</c>, <c>notAMember</c>.</summary>
    Task<Answer<Done>> RemoveMember(RemoveMember request);

    /// <summary>By owners. The last owner's stepping down makes the longest-standing other member owner. Refuses <c>forbidden</c>, <c>notAMember</c>.</summary>
    Task<Answer<Done>> ChangeRole(ChangeRole request);

    /// <summary>By owners. Refuses <c>forbidden</c>.</summary>
    Task<Answer<Done>> RenameConference(RenameConference request);

    Task<Answer<Done>> HideConversation(HideConversation request);

    Task<Answer<Done>> PinConversation(PinConversation request);

    Task<Answer<Done>> MuteConversation(MuteConversation request);

    /// <summary>Stored exactly once per client message id. Refuses <c>textEmpty</c>, <c>tooLarge</c>, <c>clientMessageIdReused</c>, <c>outcomeUnknown</c>.</summary>
    Task<Answer<Receipt>> SendMessage(SendMessage request);

    /// <summary>One's own. Refuses <c>noSuchMessage</c>, <c>messageDeleted</c>, <c>forbidden</c>, <c>limitReached</c>.</summary>
    Task<Answer<Receipt>> EditMessage(EditMessage request);

    /// <summary>One's own, or any as an owner. The text is erased from the storage. Repeatable.</summary>
    Task<Answer<Receipt>> DeleteMessage(DeleteMessage request);

    /// <summary>Repeatable. Refuses <c>noSuchMessage</c>, <c>messageDeleted</c>, <c>limitReached</c>.</summary>
    Task<Answer<Receipt>> React(React request);

    /// <summary>Repeatable.</summary>
    Task<Answer<Receipt>> Unreact(Unreact request);

    Task<Answer<TranscriptPage>> ReadTranscript(ReadTranscript request);

    /// <summary>Answers the mark as it is then.</summary>
    Task<Answer<ReadMark>> MarkRead(MarkRead request);

    /// <summary>Told to the others at most once in 3 s; more is dropped without a word.</summary>
    Task<Answer<Done>> Typing(Typing request);

    /// <summary>Replays what was missed before log-in; a client that never calls it hears everything from log-in on. Unknown conversations are left out of the answer.</summary>
    Task<Answer<ResyncResult>> Resync(Resync request);
}

/// <summary>Marks the hub methods that a connection may call before it has logged in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnonymousAttribute : Attribute;
