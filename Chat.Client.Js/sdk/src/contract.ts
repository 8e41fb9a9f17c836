// The language of the service, generated from Chat.Contracts by the test The_contract_in_typescript_is_the_contract. Not to be edited by hand.

/** Whole milliseconds since 1970-01-01 UTC, by the server's clock. */
export type Time = number;

/** The sender's own id for a draft: 16 random bytes as 32 hexadecimal digits, made once per deed of a user and kept over every retry. Unique per user, for ever; another user's equal id is another id. */
export type ClientMessageId = string;

/** A private chat or a conference. */
export type ConversationId = string;

/** The caller's own id for starting or inviting; a repeat with the same id answers what the first did. Shaped like `ClientMessageId`. */
export type OperationId = string;

/** What a log-in created. Not a secret: the token is. */
export type SessionId = string;

/** A user of the service. Issued once, never reused. */
export type UserId = string;

export type ConversationKind = 'privateChat' | 'conference';

export type InviteResult = 'added' | 'alreadyMember' | 'unknown' | 'unavailable' | 'duplicate' | 'self';

export type Presence = 'offline' | 'away' | 'online';

/** What a user chose to show. `doNotDisturb` asks devices for silence; `invisible` looks offline to others. */
export type PresenceChoice = 'auto' | 'doNotDisturb' | 'invisible';

export type Role = 'member' | 'owner';

export type SessionEndReason = 'loggedOut' | 'ended' | 'passwordChanged' | 'expired' | 'deactivated';

export type SharedHistory = 'none' | 'all' | 'fromSeq';

/** For administrators: a text to every connection, kept nowhere. */
export interface Announce {
  /** 1 to `Limits.textLength` bytes of UTF-8. */
  readonly text: string;
}

export interface Announcement {
  readonly text: string;
  readonly author: Person;
  readonly sentAt: Time;
}

export interface BlockUser {
  readonly userName: string;
}

export interface ChangePassword {
  readonly current: string;
  readonly new: string;
}

export interface ChangeRole {
  readonly conversation: ConversationId;
  readonly userName: string;
  readonly role: Role;
}

export interface Closing {
  /** When this client should come back; spread over clients, so that they do not come all at once. */
  readonly reconnectAfterMs: number;
}

export interface ConferenceStarted {
  /** For a private chat: the new conference. */
  readonly conversation: Conversation;
  /** One result for each name asked for, in the order asked. */
  readonly invited: readonly Invited[];
}

/** A conversation as the caller may see it. */
export interface Conversation {
  readonly conversation: ConversationId;
  readonly kind: ConversationKind;
  /** In order of joining: at most `Limits.membersShown`, in a list at most 5; the caller among them. */
  readonly members: readonly Member[];
  readonly memberCount: number;
  /** The highest seq that the caller may read. */
  readonly head: number;
  /** The caller's read mark. */
  readonly readSeq: number;
  /** Readable messages above the read mark, without one's own and those of blocked users; counted up to `Limits.unreadCounted`. */
  readonly unread: number;
  /** How many of those mention the caller. */
  readonly mentions: number;
  /** The short name of an open conference, without the `#`. */
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  /** Absent once the caller has left. */
  readonly role?: Role | undefined;
  /** The private chat whose two members this conference goes on with; its history is not here. */
  readonly continuedFrom?: ConversationId | undefined;
  /** The lowest seq that the caller may read. */
  readonly firstSeq: number;
  readonly lastActivityAt: Time;
  readonly lastMessage?: Preview | undefined;
  readonly pinned: boolean;
  readonly muted: boolean;
  readonly hidden: boolean;
  /** Nobody is left in it. */
  readonly archived: boolean;
}

/** The user is now in a conversation, and hears it from `joinedSeq` on. */
export interface ConversationAdded extends InboxEntryBase {
  readonly kind: 'conversationAdded';
  readonly conversation: ConversationId;
  readonly joinedSeq: number;
  /** The lowest seq of it that the user may read. */
  readonly firstSeq: number;
}

/** The user's own settings of a conversation, as they are from here on. */
export interface ConversationChanged extends InboxEntryBase {
  readonly kind: 'conversationChanged';
  readonly conversation: ConversationId;
  readonly pinned: boolean;
  readonly muted: boolean;
  readonly hidden: boolean;
}

/** The user left, or was put out, with the entry at `leftSeq`. */
export interface ConversationLeft extends InboxEntryBase {
  readonly kind: 'conversationLeft';
  readonly conversation: ConversationId;
  readonly leftSeq: number;
}

export interface ConversationPage {
  /** Pinned first, then newest activity first. */
  readonly items: readonly Conversation[];
  readonly next?: string | undefined;
  /** The rows hold everything up to this place of the caller's inbox; what changes later comes behind it. */
  readonly inboxSeq: number;
}

/** For administrators. Ends the user's sessions; what the user wrote stays. A conference without another owner gets one. */
export interface DeactivateUser {
  readonly userName: string;
}

export interface DeleteMessage {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly clientMessageId: ClientMessageId;
}

export interface Deleted extends EntryBase {
  readonly kind: 'deleted';
  readonly clientMessageId: ClientMessageId;
  /** The seq of the message it is about. */
  readonly target: number;
}

/** The value of a deed that has nothing to tell but that it is done. */
export interface Done {
}

export interface EditMessage {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly clientMessageId: ClientMessageId;
  readonly text: string;
}

/** What is left out stays as it is; an empty `about`, `timeZone` or `avatar` takes it away. */
export interface EditProfile {
  readonly version: number;
  readonly displayName?: string | undefined;
  readonly about?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly avatar?: string | undefined;
  readonly hidesLastSeen?: boolean | undefined;
}

export interface Edited extends EntryBase {
  readonly kind: 'edited';
  /** Absent once the message was deleted. */
  readonly text?: string | undefined;
  readonly clientMessageId: ClientMessageId;
  /** The seq of the message it is about. */
  readonly target: number;
}

export interface EndSession {
  readonly sessionId: SessionId;
}

/** One numbered item of a conversation's transcript. The union is closed but grows with the protocol: an unknown kind is read as this base record, counts as any other and stops nobody's cursor. */
export type Entry = Message | Edited | Deleted | Reacted | Unreacted | Started | Joined | Left | Removed | RoleChanged | Renamed;

/** What every kind has, also one that this version does not know. */
export interface EntryBase {
  /** Place in the conversation: 1, 2, 3 … with no gap. */
  readonly seq: number;
  /** The server's clock; never decreases along a transcript. */
  readonly sentAt: Time;
  /** Who did it. */
  readonly author: Person;
}

/** A stretch of a conversation's transcript: each seq from `from` to `to` is either among the entries or in a hole. */
export interface EntryBatch {
  readonly conversation: ConversationId;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
  readonly holes: readonly Hole[];
}

export interface FindUser {
  readonly userName: string;
}

export interface GetConversation {
  readonly conversation: ConversationId;
}

export interface GetProfile {
  readonly userName: string;
}

/** Hides it from the caller's list until its next message. */
export interface HideConversation {
  readonly conversation: ConversationId;
}

/** Seqs that exist but are not for the caller, both ends included. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** The same for the caller's inbox. */
export interface InboxBatch {
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly InboxEntry[];
}

/** One numbered item of a user's inbox: the transcript that the user's own devices share. Grows as `Entry` does. */
export type InboxEntry = ConversationAdded | ConversationLeft | ConversationChanged | ReadMarked | ProfileEdited | UserBlocked | UserUnblocked | SessionsEnded;

/** What every kind has, also one that this version does not know. */
export interface InboxEntryBase {
  readonly seq: number;
  readonly sentAt: Time;
}

export interface InboxResynced {
  readonly from: number;
  readonly head: number;
  readonly reset?: boolean | undefined;
  readonly skipped?: Hole | undefined;
}

export interface Invite {
  readonly conversation: ConversationId;
  readonly userNames: readonly string[];
  readonly operationId: OperationId;
  /** What the newcomers may read of what came before; only owners may share any. */
  readonly history?: SharedHistory | undefined;
  /** With `fromSeq`: the first seq they may read. */
  readonly fromSeq?: number | undefined;
}

export interface Invited {
  readonly userName: string;
  readonly result: InviteResult;
}

/** By id or by name; all that was said in an open conference is readable to whoever joins. */
export interface JoinConference {
  readonly conversation?: ConversationId | undefined;
  readonly name?: string | undefined;
}

/** The author brought `member` in; the two are the same where somebody joined an open conference. */
export interface Joined extends EntryBase {
  readonly kind: 'joined';
  readonly member: Person;
  /** The first seq that the newcomer may read, where history was shared. */
  readonly fromSeq?: number | undefined;
}

export interface LeaveConference {
  readonly conversation: ConversationId;
}

/** The author left. */
export interface Left extends EntryBase {
  readonly kind: 'left';
}

export interface ListBlockedUsers {
}

export interface ListConversations {
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  /** 1 to `Limits.pageOfConversations`; 50 when left out. */
  readonly limit?: number | undefined;
  /** Also those that the caller hid or left. */
  readonly all?: boolean | undefined;
}

export interface ListMembers {
  readonly conversation: ConversationId;
  readonly after?: string | undefined;
  /** 1 to `Limits.pageOfConversations`; 50 when left out. */
  readonly limit?: number | undefined;
}

export interface ListOpenConferences {
  /** The beginning of a name; all when left out. */
  readonly text?: string | undefined;
  readonly after?: string | undefined;
  /** 1 to `Limits.pageOfConversations`; 50 when left out. */
  readonly limit?: number | undefined;
}

export interface ListSessions {
}

export interface LogIn {
  readonly userName: string;
  readonly password: string;
  /** What the session list will call this device. */
  readonly device?: string | undefined;
  /** The protocol version the client speaks; left out, it is 1. */
  readonly protocol?: number | undefined;
  /** Name and version of the client program, for diagnostics; at most `Limits.deviceLength` characters. */
  readonly client?: string | undefined;
  /** Milliseconds, 1,000 to 30,000, after which the client pings at the latest. One that declares 5,000 is found dead within 13 s; one that declares nothing is given 30 s of silence. */
  readonly heartbeatMs?: number | undefined;
}

export interface LogOut {
  /** Ends every session of the user, not just this one. */
  readonly everywhere?: boolean | undefined;
}

/** Moves the caller's read mark up to `seq`; never down, never above the head. */
export interface MarkRead {
  readonly conversation: ConversationId;
  readonly seq: number;
}

export interface Member {
  readonly person: Person;
  readonly role: Role;
  readonly presence: Presence;
  /** How far the member has read; absent for users who blocked the caller. */
  readonly readSeq?: number | undefined;
  readonly lastSeen?: Time | undefined;
}

export interface MemberPage {
  /** In order of user names. */
  readonly items: readonly Member[];
  readonly next?: string | undefined;
  readonly memberCount: number;
  readonly onlineCount: number;
}

/** The entry that carries text. */
export interface Message extends EntryBase {
  readonly kind: 'message';
  readonly clientMessageId: ClientMessageId;
  /** Absent once deleted. */
  readonly text?: string | undefined;
  /** The seq of the message that this one answers. */
  readonly replyTo?: number | undefined;
  /** Members that the author named. */
  readonly mentions?: readonly Person[] | undefined;
  /** When read back: the time of the last edit. */
  readonly editedAt?: Time | undefined;
  /** When read back: true once deleted. */
  readonly deleted?: boolean | undefined;
  /** When read back: who reacted with what, in order of the first of each. */
  readonly reactions?: readonly Reaction[] | undefined;
}

export interface MuteConversation {
  readonly conversation: ConversationId;
  readonly muted: boolean;
}

export interface OpenConference {
  readonly conversation: ConversationId;
  readonly name: string;
  readonly title?: string | undefined;
  readonly memberCount: number;
  readonly joined: boolean;
}

export interface OpenConferencePage {
  /** In order of names. */
  readonly items: readonly OpenConference[];
  readonly next?: string | undefined;
}

/** How answers and entries name a user. The user name is who it is; the display name is only what it likes to be called. */
export interface Person {
  readonly user: UserId;
  readonly userName: string;
  readonly displayName: string;
}

export interface PersonPage {
  readonly items: readonly Person[];
}

export interface PinConversation {
  readonly conversation: ConversationId;
  readonly pinned: boolean;
}

export interface PresenceNotice {
  readonly person: Person;
  readonly presence: Presence;
  readonly lastSeen?: Time | undefined;
}

/** The latest readable message of a conversation: the first 200 characters of its text, absent when it was deleted or its author is blocked. */
export interface Preview {
  readonly seq: number;
  readonly author: Person;
  readonly sentAt: Time;
  readonly text?: string | undefined;
}

/** What others may see of a user. */
export interface Profile {
  readonly user: UserId;
  readonly userName: string;
  readonly displayName: string;
  readonly presence: Presence;
  /** Grows with each edit; an edit names the one it saw. */
  readonly version: number;
  readonly about?: string | undefined;
  /** An IANA time zone name. */
  readonly timeZone?: string | undefined;
  /** One emoji or a few letters, at most `Limits.avatarLength` bytes of UTF-8. */
  readonly avatar?: string | undefined;
  /** When the user was last here; absent while online and where the user hides it. */
  readonly lastSeen?: Time | undefined;
  /** Asks others not to expect an answer. */
  readonly doNotDisturb?: boolean | undefined;
  /** In one's own profile only. */
  readonly presenceChoice?: PresenceChoice | undefined;
  /** In one's own profile only. */
  readonly hidesLastSeen?: boolean | undefined;
  /** In one's own profile only: whether one may announce and deactivate. */
  readonly administrator?: boolean | undefined;
}

/** The user's own profile or choice of presence was changed. */
export interface ProfileEdited extends InboxEntryBase {
  readonly kind: 'profileEdited';
  readonly version: number;
}

export interface ProfilePage {
  readonly items: readonly Profile[];
  /** Asks for the page after this one; absent on the last. */
  readonly next?: string | undefined;
}

export interface React {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly clientMessageId: ClientMessageId;
  /** One emoji, at most `Limits.emojiLength` bytes of UTF-8. */
  readonly emoji: string;
}

export interface Reacted extends EntryBase {
  readonly kind: 'reacted';
  readonly emoji: string;
  readonly clientMessageId: ClientMessageId;
  /** The seq of the message it is about. */
  readonly target: number;
}

export interface Reaction {
  readonly emoji: string;
  readonly by: readonly Person[];
}

/** For administrators. The user may log in again. */
export interface ReactivateUser {
  readonly userName: string;
}

export interface ReadMark {
  readonly conversation: ConversationId;
  readonly seq: number;
}

export interface ReadMarked extends InboxEntryBase {
  readonly kind: 'readMarked';
  readonly conversation: ConversationId;
  readonly readSeq: number;
}

/** How far another member has read. */
export interface ReadNotice {
  readonly conversation: ConversationId;
  readonly person: Person;
  readonly readSeq: number;
}

/** One page: the entries below `before`, or above `after`, or with neither the newest. */
export interface ReadTranscript {
  readonly conversation: ConversationId;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** 1 to `Limits.pageOfEntries`; 50 when left out. */
  readonly limit?: number | undefined;
}

/** Where a draft was stored: on disk before this is answered. */
export interface Receipt {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly sentAt: Time;
  /** The draft had been stored by an earlier try. */
  readonly repeated: boolean;
}

/** An expected "no" that the caller can act on. `code` and `name` are stable: codes are added, never renumbered. */
export interface Refusal {
  readonly code: number;
  readonly name: string;
  /** One plain English sentence for people; its wording may change. */
  readonly text: string;
  /** The field of the request that the refusal is about, as its path on the wire. */
  readonly field?: string | undefined;
  /** Whether the same request, sent again later, may be accepted. */
  readonly retryable: boolean;
  /** Milliseconds to wait before the next try. */
  readonly retryAfterMs?: number | undefined;
  /** With `staleVersion`: the profile as it is now. */
  readonly current?: Profile | undefined;
}

export interface Register {
  /** After folding of width and case: a letter or digit, then letters, digits, `.`, `_` or `-`; 2 to 32 characters. */
  readonly userName: string;
  /** `Limits.passwordMinLength` to `Limits.passwordMaxLength` bytes of UTF-8 after NFC; never trimmed; not one of the common ones. */
  readonly password: string;
  /** Left out, it is the user name. */
  readonly displayName?: string | undefined;
  /** What the session list will call this device. */
  readonly device?: string | undefined;
  /** The protocol version the client speaks; left out, it is 1. */
  readonly protocol?: number | undefined;
  /** Name and version of the client program, for diagnostics; at most `Limits.deviceLength` characters. */
  readonly client?: string | undefined;
  /** Milliseconds, 1,000 to 30,000, after which the client pings at the latest. One that declares 5,000 is found dead within 13 s; one that declares nothing is given 30 s of silence. */
  readonly heartbeatMs?: number | undefined;
}

export interface RemoveMember {
  readonly conversation: ConversationId;
  readonly userName: string;
}

/** The author put `member` out. */
export interface Removed extends EntryBase {
  readonly kind: 'removed';
  readonly member: Person;
}

export interface RenameConference {
  readonly conversation: ConversationId;
  /** At most `Limits.titleLength` characters; empty takes the title away. */
  readonly title: string;
}

export interface Renamed extends EntryBase {
  readonly kind: 'renamed';
  /** Absent where the title was taken away. */
  readonly title?: string | undefined;
}

export interface Resume {
  /** Left out by a browser whose session cookie came with the WebSocket upgrade. */
  readonly token?: string | undefined;
  /** The protocol version the client speaks; left out, it is 1. */
  readonly protocol?: number | undefined;
  /** Name and version of the client program, for diagnostics; at most `Limits.deviceLength` characters. */
  readonly client?: string | undefined;
  /** Milliseconds, 1,000 to 30,000, after which the client pings at the latest. One that declares 5,000 is found dead within 13 s; one that declares nothing is given 30 s of silence. */
  readonly heartbeatMs?: number | undefined;
}

/** Asks for everything above the places the client holds. Repeatable; at most `Limits.resyncedPerCall` conversations a call. */
export interface Resync {
  /** The epoch that the places belong to. */
  readonly epoch: string;
  readonly have: { readonly [id: string]: number };
  /** Left out, the inbox is not asked for. */
  readonly inboxSeq?: number | undefined;
}

export interface ResyncResult {
  readonly epoch: string;
  readonly conversations: readonly Resynced[];
  /** The same for the caller's inbox, whose skipped part is made good by `ListConversations`. */
  readonly inbox?: InboxResynced | undefined;
}

export interface Resynced {
  readonly conversation: ConversationId;
  /** What comes by events starts here. */
  readonly from: number;
  readonly head: number;
  /** The client's place does not belong to this history: drop what is held and start at `from`. */
  readonly reset?: boolean | undefined;
  /** Seqs between the client's place and `from`, to be read by `ReadTranscript` when wanted. */
  readonly skipped?: Hole | undefined;
}

export interface RoleChanged extends EntryBase {
  readonly kind: 'roleChanged';
  readonly member: Person;
  readonly role: Role;
}

export interface SearchUsers {
  /** At least `Limits.searchMinLength` letters: the beginning of a user name or of a word in a display name. */
  readonly text: string;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  /** 1 to `Limits.pageOfUsers`, which is also the default. */
  readonly limit?: number | undefined;
}

export interface SendMessage {
  readonly conversation: ConversationId;
  /** The same draft sent again with the same id is stored once and answered the same. */
  readonly clientMessageId: ClientMessageId;
  /** 1 to `Limits.textLength` bytes of UTF-8, not only white space or invisible characters. */
  readonly text: string;
  /** The seq of a message in the same conversation that the caller may read. */
  readonly replyTo?: number | undefined;
  /** At most `Limits.mentions` user names; who is not a member is passed over. */
  readonly mentions?: readonly string[] | undefined;
}

/** A log-in that holds until it is ended or expires, over any number of connections. */
export interface Session {
  /** 256 random bits as text; the only proof of the session. Absent where the browser's cookie is the proof. */
  readonly token?: string | undefined;
  readonly sessionId: SessionId;
  readonly expiresAt: Time;
  readonly me: Profile;
  /** The conversation that everybody is in; absent where it is switched off. */
  readonly lobby?: ConversationId | undefined;
  /** The version that this connection now speaks. */
  readonly protocol: number;
  /** Names this history; changes when a backup is restored. */
  readonly epoch: string;
}

export interface SessionEnd {
  readonly reason: SessionEndReason;
}

export interface SessionPage {
  readonly items: readonly SessionRow[];
}

export interface SessionRow {
  readonly sessionId: SessionId;
  readonly device?: string | undefined;
  readonly createdAt: Time;
  readonly lastUsedAt: Time;
  readonly expiresAt: Time;
  /** Whether it is the session that asks. */
  readonly current: boolean;
}

export interface SessionsEnded extends InboxEntryBase {
  readonly kind: 'sessionsEnded';
  readonly sessions: readonly SessionId[];
  readonly reason: SessionEndReason;
}

export interface SetPresence {
  /** For the user, on every device, until chosen anew. */
  readonly choice?: PresenceChoice | undefined;
  /** For this connection: nobody has touched the device for a while. A user all of whose connections are idle is away. */
  readonly idle?: boolean | undefined;
}

export interface StartConference {
  readonly operationId: OperationId;
  /** User names of at least two others, at most `Limits.invitedPerCall`; an open conference may begin with none. */
  readonly with: readonly string[];
  /** At most `Limits.titleLength` characters. */
  readonly title?: string | undefined;
  /** Makes it open: anybody may find it under this name and join. Shaped like a user name, unique. */
  readonly openName?: string | undefined;
}

export interface StartPrivateChat {
  /** A user name; one's own starts a notebook. */
  readonly with: string;
}

/** Always seq 1. */
export interface Started extends EntryBase {
  readonly kind: 'started';
  /** Those it began with, the author included. */
  readonly members: readonly Person[];
  readonly title?: string | undefined;
  readonly name?: string | undefined;
  readonly continuedFrom?: ConversationId | undefined;
}

/** A stretch of a transcript, each seq from `from` to `to` either among the entries or in a hole. Messages carry their text, reactions and edit time as they are now. Empty when `to` lies below `from`. Beyond 256 KB of text it ends before its limit, with at least one entry. */
export interface TranscriptPage {
  readonly conversation: ConversationId;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
  readonly holes: readonly Hole[];
  /** The highest seq that the caller may read. */
  readonly head: number;
}

export interface Typing {
  readonly conversation: ConversationId;
}

/** Shown for at most 5 seconds, or until the person's next message. */
export interface TypingNotice {
  readonly conversation: ConversationId;
  readonly person: Person;
}

export interface UnblockUser {
  readonly userName: string;
}

export interface Unreact {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly clientMessageId: ClientMessageId;
  readonly emoji: string;
}

export interface Unreacted extends EntryBase {
  readonly kind: 'unreacted';
  readonly emoji: string;
  readonly clientMessageId: ClientMessageId;
  /** The seq of the message it is about. */
  readonly target: number;
}

export interface UserBlocked extends InboxEntryBase {
  readonly kind: 'userBlocked';
  readonly person: Person;
}

export interface UserUnblocked extends InboxEntryBase {
  readonly kind: 'userUnblocked';
  readonly person: Person;
}

/** What the hub can be asked, by the names of its methods. */
export interface HubMethods {
  /** Makes a user and logs the connection in. Refuses `userNameTaken`, `registrationClosed`. */
  Register: { request: Register; value: Session };
  /** Unknown user and wrong password are the same `wrongCredentials`. */
  LogIn: { request: LogIn; value: Session };
  /** Logs in again by the token of a session, or by the session cookie. Refuses `sessionEnded`. */
  Resume: { request: Resume; value: Session };
  /** Ends the session: its connections, on every node, are closed and nothing later reaches them. */
  LogOut: { request: LogOut; value: Done };
  ListSessions: { request: ListSessions; value: SessionPage };
  /** Ends another (or this) session of the caller. Refuses `noSuchSession`. */
  EndSession: { request: EndSession; value: Done };
  /** Ends every other session of the caller. Refuses `wrongCredentials`. */
  ChangePassword: { request: ChangePassword; value: Done };
  /** The user of exactly this name, whatever its case. Refuses `noSuchUser`. */
  FindUser: { request: FindUser; value: Profile };
  SearchUsers: { request: SearchUsers; value: ProfilePage };
  /** Refuses `noSuchUser`. */
  GetProfile: { request: GetProfile; value: Profile };
  /** Refuses `staleVersion`, with the profile as it is now. */
  EditProfile: { request: EditProfile; value: Profile };
  SetPresence: { request: SetPresence; value: Profile };
  /** From here on this user can start no chat with the caller, and sees no presence, typing or read marks. Repeatable. */
  BlockUser: { request: BlockUser; value: Done };
  /** Repeatable. */
  UnblockUser: { request: UnblockUser; value: Done };
  ListBlockedUsers: { request: ListBlockedUsers; value: PersonPage };
  /** Refuses `forbidden` to all but administrators. */
  DeactivateUser: { request: DeactivateUser; value: Done };
  /** Refuses `forbidden` to all but administrators. */
  ReactivateUser: { request: ReactivateUser; value: Done };
  /** Refuses `forbidden` to all but administrators. */
  Announce: { request: Announce; value: Done };
  /** The one private chat of the two, whoever starts it and however often. Refuses `noSuchUser`, `unavailable`. */
  StartPrivateChat: { request: StartPrivateChat; value: Conversation };
  /** All or nothing; repeatable by its operation id. Refuses `nameTaken`, `operationIdReused`. */
  StartConference: { request: StartConference; value: ConferenceStarted };
  /** Adds members to a conference. Of a private chat it makes a new conference. Repeatable by its operation id. */
  Invite: { request: Invite; value: ConferenceStarted };
  ListConversations: { request: ListConversations; value: ConversationPage };
  GetConversation: { request: GetConversation; value: Conversation };
  ListMembers: { request: ListMembers; value: MemberPage };
  ListOpenConferences: { request: ListOpenConferences; value: OpenConferencePage };
  /** Repeatable. */
  JoinConference: { request: JoinConference; value: Conversation };
  /** Repeatable. The last owner's leaving makes the longest-standing member owner. Refuses `notAConference`, `lobbyStays`. */
  LeaveConference: { request: LeaveConference; value: Done };
  /** By owners. Refuses `forbidden`, `notAMember`. */
  RemoveMember: { request: RemoveMember; value: Done };
  /** By owners. The last owner's stepping down makes the longest-standing other member owner. Refuses `forbidden`, `notAMember`. */
  ChangeRole: { request: ChangeRole; value: Done };
  /** By owners. Refuses `forbidden`. */
  RenameConference: { request: RenameConference; value: Done };
  HideConversation: { request: HideConversation; value: Done };
  PinConversation: { request: PinConversation; value: Done };
  MuteConversation: { request: MuteConversation; value: Done };
  /** Stored exactly once per client message id. Refuses `textEmpty`, `tooLarge`, `clientMessageIdReused`, `outcomeUnknown`. */
  SendMessage: { request: SendMessage; value: Receipt };
  /** One's own. Refuses `noSuchMessage`, `messageDeleted`, `forbidden`, `limitReached`. */
  EditMessage: { request: EditMessage; value: Receipt };
  /** One's own, or any as an owner. The text is erased from the storage. Repeatable. */
  DeleteMessage: { request: DeleteMessage; value: Receipt };
  /** Repeatable. Refuses `noSuchMessage`, `messageDeleted`, `limitReached`. */
  React: { request: React; value: Receipt };
  /** Repeatable. */
  Unreact: { request: Unreact; value: Receipt };
  ReadTranscript: { request: ReadTranscript; value: TranscriptPage };
  /** Answers the mark as it is then. */
  MarkRead: { request: MarkRead; value: ReadMark };
  /** Told to the others at most once in 3 s; more is dropped without a word. */
  Typing: { request: Typing; value: Done };
  /** Replays what was missed before log-in; a client that never calls it hears everything from log-in on. Unknown conversations are left out of the answer. */
  Resync: { request: Resync; value: ResyncResult };
}

/** What the hub tells, by the names of its events. */
export interface HubEvents {
  /** Entries were added to one of the caller's conversations; the sending connection gets its own too. Batches of one connection come in order and without a gap; after a resync one may come twice: ignore what is at or below your cursor, resync when it starts above it. */
  EntriesAppended: EntryBatch;
  /** As `EntriesAppended`, for the caller's inbox. */
  InboxAppended: InboxBatch;
  /** Ephemeral: may be lost, is not repeated. */
  TypingChanged: TypingNotice;
  /** Ephemeral. Tells of users who share a conversation of at most `Limits.membersTold` members with the caller. */
  PresenceChanged: PresenceNotice;
  /** Ephemeral. Tells of users who share a conversation with the caller. */
  ProfileChanged: Profile;
  /** Ephemeral. In conversations of at most `Limits.membersTold` members. */
  ReadMarkMoved: ReadNotice;
  /** From an administrator to every connection. */
  Announced: Announcement;
  /** The connection is closed right after. */
  SessionEnded: SessionEnd;
  /** The server is about to stop; what was acknowledged is stored. The connection is closed right after. */
  ServerClosing: Closing;
}

/** What every method of the hub answers: a value or a refusal, and null for the other. */
export type Answer<T> = { readonly value: T; readonly refusal: null } | { readonly value: null; readonly refusal: Refusal };

/** Codes of refusals by their names; both are stable. */
export const RefusalCode = {
  /** The request is not well formed. */
  invalid: 100,
  /** That is more than is allowed. */
  tooLarge: 101,
  /** Too many requests; wait a little. */
  rateLimited: 102,
  /** The server is busy; try again. */
  serverBusy: 103,
  /** The storage cannot be reached; try again. */
  storageUnavailable: 104,
  /** It is not known whether this was stored; send the same again. */
  outcomeUnknown: 105,
  /** This server speaks protocol versions 1 to 1. */
  unsupportedVersion: 106,
  /** You may not do that. */
  forbidden: 107,
  /** There is no room for more of these. */
  limitReached: 108,
  /** This operation id was used for something else. */
  operationIdReused: 109,
  /** Log in or resume first. */
  notLoggedIn: 120,
  /** User name or password is wrong. */
  wrongCredentials: 121,
  /** This session has ended; log in again. */
  sessionEnded: 122,
  /** This user name, or one that looks like it, is taken. */
  userNameTaken: 123,
  /** Registration is closed on this server. */
  registrationClosed: 124,
  /** This connection is logged in already; log out first. */
  alreadyLoggedIn: 125,
  /** You have no such session. */
  noSuchSession: 126,
  /** There are too many connections already. */
  tooManyConnections: 127,
  /** There is no such conversation, or you are not in it. */
  noSuchConversation: 200,
  /** There is no such user. */
  noSuchUser: 201,
  /** There is no such message. */
  noSuchMessage: 202,
  /** This user cannot be reached that way. */
  unavailable: 203,
  /** Someone changed this meanwhile; look at it again. */
  staleVersion: 204,
  /** This name is taken. */
  nameTaken: 205,
  /** That can be done in a conference only. */
  notAConference: 206,
  /** That user is not a member. */
  notAMember: 207,
  /** Everybody is in the Lobby; it can be muted or hidden. */
  lobbyStays: 208,
  /** A message needs some text. */
  textEmpty: 300,
  /** This client message id was used for something else. */
  clientMessageIdReused: 301,
  /** This message was deleted. */
  messageDeleted: 302,
} as const;

/** The sizes that the contract promises. */
export const Limits = {
  /** The one protocol version spoken so far; named at log-in and resume. */
  protocol: 1,
  /** Characters of any id on the wire. */
  idLength: 64,
  /** Bytes of UTF-8 in a message. */
  textLength: 16384,
  /** Bytes of one hub call as it travels, so that escaping a full text never closes a connection. */
  callLength: 131072,
  userNameMinLength: 2,
  userNameMaxLength: 32,
  /** Bytes of UTF-8 after NFC. */
  passwordMinLength: 8,
  /** Bytes of UTF-8 after NFC. */
  passwordMaxLength: 1024,
  /** Characters (code points) of a display name. */
  displayNameLength: 64,
  /** Characters (code points) of a conference's title. */
  titleLength: 100,
  /** Characters (code points) of the text about oneself. */
  aboutLength: 500,
  /** Bytes of UTF-8 in an avatar: one emoji or a few letters. */
  avatarLength: 32,
  /** Bytes of UTF-8 in an emoji of a reaction. */
  emojiLength: 32,
  /** Characters of a device's or a client's name at log-in. */
  deviceLength: 100,
  /** Different emoji on one message. */
  emojiPerMessage: 20,
  /** Times that one user reacts to one message, taken back or not. */
  reactionsPerUser: 100,
  /** User names mentioned in one message. */
  mentions: 50,
  editsPerMessage: 100,
  /** Users that one user blocks, so that their list is one answer. */
  blockedUsers: 1000,
  /** Sessions of one user; one more ends the one that was unused the longest. */
  sessionsPerUser: 100,
  /** User names in one `StartConference` or `Invite`. */
  invitedPerCall: 500,
  /** Entries in one page of a transcript. */
  pageOfEntries: 200,
  /** Rows in one page of conversations or members. */
  pageOfConversations: 100,
  /** Rows in one page of found users. */
  pageOfUsers: 20,
  /** Letters that a search for users needs. */
  searchMinLength: 2,
  /** Members that a conversation's own record names; `ListMembers` tells the rest. */
  membersShown: 50,
  /** Above this many members presence and read marks are asked for, not told. */
  membersTold: 100,
  /** Unread messages are counted up to here. */
  unreadCounted: 1000,
  /** Conversations in one `Resync`. */
  resyncedPerCall: 500,
  /** A cursor further behind than this is moved on, and what lies between is reported as skipped. */
  resyncBehind: 500,
  /** Entries that a cursor which was moved on still gets. */
  resyncTail: 100,
  /** Levels of nesting in a request. */
  nesting: 16,
} as const;
