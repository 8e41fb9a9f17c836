import {
  type Conversation,
  type ConversationId,
  type EditProfile,
  type HubMethods,
  Limits,
  type OpenConference,
  type Person,
  type PresenceChoice,
  type Profile,
  type Session,
  type SessionId,
  type SessionRow,
} from './contract.js';
import { type Cancel, ChatConversation } from './conversation.js';
import { Driver } from './driving/driver.js';
import { ChatRefusedError } from './errors.js';
import { type ChatEvents, Emitter, type Handler } from './events.js';
import { newId } from './ids.js';
import type { ChatClientOptions } from './options.js';
import type { Outgoing } from './outgoing.js';
import { Feeds } from './reading/feeds.js';
import type { Draft } from './rules/draft.js';
import type { Greeting } from './rules/greeting.js';
import { type Settings, settle } from './settings.js';
import type { ChatState } from './state.js';

/**
 * A user's client of a chat server. From the first log-in on it means to be connected: it connects, and connects again, by itself, until it is
 * logged out, refused for good or disposed. Meanwhile
 * 1. what is sent is stored exactly once and in the order sent, however often the connection breaks;
 * 2. what is read comes in order, each entry once, with no gap;
 * 3. other calls wait for the connection; a signal ends the waiting;
 * 4. a "no" of the server is a {@link ChatRefusedError}, and the connection stays as it is.
 */
export class ChatClient {
  readonly #settings: Settings;
  readonly #emitter = new Emitter();
  #driver: Driver | undefined;
  #me: Profile | undefined;

  /** @internal */
  readonly feeds = new Feeds();

  constructor(options: ChatClientOptions) {
    this.#settings = settle(options);
    this.on('inbox', (entry) => {
      if (entry.kind === 'profileEdited') void this.#look();
    });
  }

  get state(): ChatState {
    return this.#driver?.state ?? { name: 'idle' };
  }

  /** What the last log-in answered; undefined where nobody has logged in. Its token is there only where sessions are kept by token. */
  get session(): Session | undefined {
    return this.#driver?.session;
  }

  /** One's own profile, as this client last saw it; undefined where nobody has logged in. */
  get me(): Profile | undefined {
    return this.#me ?? this.session?.me;
  }

  /** The conversation that everybody is in; undefined where nobody has logged in, or the server has none. */
  get lobby(): ChatConversation | undefined {
    return this.session?.lobby === undefined ? undefined : this.conversation(this.session.lobby);
  }

  /** Everything that waits to be stored, or failed, of all conversations, in the order queued. */
  get outgoing(): readonly Outgoing[] {
    return this.#driver?.outgoing ?? [];
  }

  /** Calls the handler whenever this happens, over log-outs and log-ins, until the function it returns is called or the signal aborts. */
  on<E extends keyof ChatEvents>(event: E, handler: Handler<ChatEvents[E]>, options: Cancel = {}): () => void {
    return this.#emitter.on(event, handler, options.signal);
  }

  /**
   * Logs in, and stays logged in. Waits for a server that cannot be reached yet; a signal gives up for good. Everything that happens after the
   * promise is kept is told.
   * @throws ChatRefusedError `wrongCredentials`, `unsupportedVersion`. The client may log in again.
   */
  logIn(userName: string, password: string, cancel?: Cancel): Promise<Session> {
    return this.#begin({ method: 'LogIn', request: { userName, password, device: this.#settings.device } }, cancel);
  }

  /**
   * Makes a user, and logs in.
   * @param userName A letter or digit, then letters, digits, `.`, `_` or `-`; 2 to 32 characters.
   * @param password 8 to 1,024 bytes of UTF-8; not one of the common ones.
   * @param options `displayName`: 1 to 64 characters; the user name where it is left out.
   * @throws ChatRefusedError `userNameTaken`, `registrationClosed`, `invalid` with the field.
   */
  register(userName: string, password: string, options: { displayName?: string | undefined } & Cancel = {}): Promise<Session> {
    const { displayName } = options;
    return this.#begin({ method: 'Register', request: { userName, password, displayName, device: this.#settings.device } }, options);
  }

  /**
   * Goes on with the session of an earlier log-in: by its token, or where sessions are kept in the cookie without one.
   * @throws ChatRefusedError `sessionEnded`, or `notLoggedIn` where there is no cookie: log in again.
   */
  resume(token?: string, cancel?: Cancel): Promise<Session> {
    return this.#begin({ method: 'Resume', request: { token } }, cancel);
  }

  /** Ends the session, here and on the server; with `everywhere` every session of the user. Does nothing where nobody is logged in. */
  async logOut(options: { everywhere?: boolean | undefined } & Cancel = {}): Promise<void> {
    await this.#driver?.logOut(options.everywhere ?? false, options.signal);
  }

  /**
   * Closes the connection; the session stays, to be resumed, and drafts stay where they are kept. What still waits is broken with a
   * `ChatDisposedError`. The client may log in again.
   */
  dispose(): void {
    this.#driver?.dispose();
  }

  /**
   * Connects now instead of after the present wait; where it is connected, finds out whether the connection still lives. For a machine that woke up,
   * came online, or whose user is impatient.
   */
  retryNow(): void {
    this.#driver?.retryNow();
  }

  /** A handle for the conversation of this id, without asking the server. */
  conversation(id: ConversationId): ChatConversation {
    return new ChatConversation(this, id);
  }

  /** The conversation of this id, as it is now. @throws ChatRefusedError `noSuchConversation`, also where one is not in it. */
  async getConversation(id: ConversationId, cancel?: Cancel): Promise<ChatConversation> {
    return this.#handle(await this.call('GetConversation', { conversation: id }, cancel));
  }

  /** One's conversations as they are now: pinned first, then newest activity first; with `all` also those hidden or left. */
  async *conversations(options: { all?: boolean | undefined } & Cancel = {}): AsyncGenerator<ChatConversation, void, undefined> {
    const { all, signal } = options;
    for await (const page of this.pages('ListConversations', { all, limit: Limits.pageOfConversations }, { signal }))
      yield* page.items.map((row) => this.#handle(row));
  }

  /** The one private chat with a user, whoever starts it and however often; with oneself, a notebook. @throws ChatRefusedError `noSuchUser`, `unavailable`. */
  async startPrivateChat(userName: string, cancel?: Cancel): Promise<ChatConversation> {
    return this.#handle(await this.call('StartPrivateChat', { with: userName }, cancel));
  }

  /**
   * A new conference, with oneself as its owner. What became of each name says `invited`.
   * @param userNames At least two others, at most 500; an open conference may begin with none.
   * @param options `title`: at most 100 characters. `openName` makes it open: anybody may find it under this name and join.
   * @throws ChatRefusedError `nameTaken`, `invalid` with the field.
   */
  startConference(
    userNames: readonly string[],
    options: { title?: string | undefined; openName?: string | undefined } & Cancel = {},
  ): Promise<ChatConversation> {
    const { signal, ...named } = options;
    return this.started('StartConference', { with: userNames, operationId: this.newId(), ...named }, { signal });
  }

  /** Conferences that anybody may join, in order of names; with `text` those whose name begins so. */
  async *openConferences(options: { text?: string | undefined } & Cancel = {}): AsyncGenerator<OpenConference, void, undefined> {
    const { text, signal } = options;
    for await (const page of this.pages('ListOpenConferences', { text, limit: Limits.pageOfConversations }, { signal })) yield* page.items;
  }

  /** Joins an open conference, by its name (without the `#`) or its id; all that was said in it is readable from then on. */
  async joinConference(which: { name: string } | { id: ConversationId }, cancel?: Cancel): Promise<ChatConversation> {
    const request = 'name' in which ? { name: which.name } : { conversation: which.id };
    return this.#handle(await this.call('JoinConference', request, cancel));
  }

  /** The user of exactly this name, whatever its case; undefined where there is none. */
  async findUser(userName: string, cancel?: Cancel): Promise<Profile | undefined> {
    try {
      return await this.call('FindUser', { userName }, cancel);
    } catch (no) {
      if (no instanceof ChatRefusedError && no.is('noSuchUser')) return undefined;
      throw no;
    }
  }

  /** Users whose name, or a word of whose display name, begins so (at least 2 letters). Asks for a page of 20 whenever one is used up. */
  async *searchUsers(text: string, cancel?: Cancel): AsyncGenerator<Profile, void, undefined> {
    for await (const page of this.pages('SearchUsers', { text }, cancel)) yield* page.items;
  }

  /** What one may see of a user, presence included. @throws ChatRefusedError `noSuchUser`. */
  profile(userName: string, cancel?: Cancel): Promise<Profile> {
    return this.call('GetProfile', { userName }, cancel);
  }

  /**
   * Changes one's own profile; what is left out stays, and what is empty is taken away. `version` is that of {@link me} unless said otherwise.
   * @throws ChatRefusedError `staleVersion` where another device was faster: {@link me} is the profile as it is now. `outcomeUnknown` where the
   * connection broke meanwhile.
   */
  async editProfile(edit: Omit<EditProfile, 'version'> & { version?: number | undefined }, cancel?: Cancel): Promise<Profile> {
    try {
      return this.#see(await this.call('EditProfile', { ...edit, version: edit.version ?? this.me?.version ?? 0 }, cancel));
    } catch (stale) {
      if (stale instanceof ChatRefusedError && stale.refusal.current !== undefined) this.#see(stale.refusal.current);
      throw stale;
    }
  }

  /**
   * `choice`: what others are shown, on every device, until chosen anew. `idle`: whether nobody has touched this device for a while; it is said again
   * after every reconnect.
   */
  async setPresence(presence: { choice?: PresenceChoice | undefined; idle?: boolean | undefined }, cancel?: Cancel): Promise<Profile> {
    if (presence.idle !== undefined) this.#driver?.isIdle(presence.idle);
    return this.#see(await this.call('SetPresence', presence, cancel));
  }

  /** From here on this user can start no chat with oneself, and sees no presence, typing or read marks. */
  async blockUser(userName: string, cancel?: Cancel): Promise<void> {
    await this.call('BlockUser', { userName }, cancel);
  }

  async unblockUser(userName: string, cancel?: Cancel): Promise<void> {
    await this.call('UnblockUser', { userName }, cancel);
  }

  async blockedUsers(cancel?: Cancel): Promise<readonly Person[]> {
    return (await this.call('ListBlockedUsers', {}, cancel)).items;
  }

  /** All sessions of the user, this one among them. */
  async sessions(cancel?: Cancel): Promise<readonly SessionRow[]> {
    return (await this.call('ListSessions', {}, cancel)).items;
  }

  async endSession(sessionId: SessionId, cancel?: Cancel): Promise<void> {
    await this.call('EndSession', { sessionId }, cancel);
  }

  /** Ends every other session of the user. @throws ChatRefusedError `wrongCredentials`; `outcomeUnknown` where the connection broke meanwhile. */
  async changePassword(current: string, next: string, cancel?: Cancel): Promise<void> {
    await this.call('ChangePassword', { current, new: next }, cancel);
  }

  /** For administrators: a text to every connection, kept nowhere. */
  async announce(text: string, cancel?: Cancel): Promise<void> {
    await this.call('Announce', { text }, cancel);
  }

  /** For administrators. Ends the user's sessions; what the user wrote stays. A conference without another owner gets one. */
  async deactivateUser(userName: string, cancel?: Cancel): Promise<void> {
    await this.call('DeactivateUser', { userName }, cancel);
  }

  /** For administrators. The user may log in again. */
  async reactivateUser(userName: string, cancel?: Cancel): Promise<void> {
    await this.call('ReactivateUser', { userName }, cancel);
  }

  /**
   * Any method of the hub by its name. Waits for the connection, and asks again where it broke before the answer, unless asking twice is not asking
   * once: that throws `outcomeUnknown`.
   * @throws ChatRefusedError The server's refusal.
   */
  async call<M extends keyof HubMethods>(
    method: M,
    request: HubMethods[M]['request'],
    cancel: Cancel = {},
  ): Promise<HubMethods[M]['value']> {
    return (await this.#running.calls.ask(method, request, cancel.signal)).value;
  }

  /** @internal */
  async *pages<M extends 'ListConversations' | 'ListOpenConferences' | 'ListMembers' | 'SearchUsers'>(
    method: M,
    request: HubMethods[M]['request'],
    cancel?: Cancel,
  ): AsyncGenerator<HubMethods[M]['value'], void, undefined> {
    for (let after: string | undefined; ; ) {
      const page = await this.call(method, after === undefined ? request : { ...request, after }, cancel);
      yield page;
      if (page.next === undefined) return;
      after = page.next;
    }
  }

  /** @internal */
  async started<M extends 'StartConference' | 'Invite'>(
    method: M,
    request: HubMethods[M]['request'],
    cancel?: Cancel,
  ): Promise<ChatConversation> {
    const { conversation, invited } = await this.call(method, request, cancel);
    return new ChatConversation(this, conversation.conversation, conversation, invited);
  }

  /** @internal */
  send(draft: Draft): Outgoing {
    return this.#running.send(draft);
  }

  /** @internal */
  outgoingOf(conversation: ConversationId): readonly Outgoing[] {
    return this.#driver?.outgoingOf(conversation) ?? [];
  }

  /** @internal */
  typing(conversation: ConversationId): void {
    this.#driver?.typing(conversation);
  }

  /** @internal */
  newId(): string {
    return newId(this.#settings.clock);
  }

  get #running(): Driver {
    if (this.#driver === undefined) throw new Error('Log in first.');
    return this.#driver;
  }

  #handle(details: Conversation): ChatConversation {
    return new ChatConversation(this, details.conversation, details);
  }

  #begin(greeting: Greeting, cancel: Cancel = {}): Promise<Session> {
    if (this.#driver !== undefined && this.#driver.state.name !== 'ended')
      throw new Error('This client is logged in, or about to be; log out first.');
    this.#me = undefined;
    this.#driver = new Driver(greeting, this.#settings, this.#emitter, this.feeds);
    return this.#driver.begin(cancel.signal);
  }

  #see(me: Profile): Profile {
    if (this.#me === undefined || me.version >= this.#me.version) this.#me = me;
    return me;
  }

  async #look(): Promise<void> {
    const userName = this.me?.userName;
    if (userName === undefined) return;
    try {
      this.#emitter.tell('profile', this.#see(await this.profile(userName)));
    } catch {
      // Whoever is asked for next time says the same.
    }
  }
}
