import type { ConversationId, HubEvents, Session, SessionEndReason } from '../contract.js';
import { ChatDisposedError, ChatRefusedError } from '../errors.js';
import type { Emitter } from '../events.js';
import type { Outgoing } from '../outgoing.js';
import type { Feeds } from '../reading/feeds.js';
import { ClientRules } from '../rules/client-rules.js';
import type { Draft } from '../rules/draft.js';
import { earliest } from '../rules/due.js';
import type { Effect } from '../rules/effect.js';
import type { Greeting } from '../rules/greeting.js';
import type { Input } from '../rules/input.js';
import { SILENCE_LIMIT } from '../rules/liveness.js';
import type { Settings } from '../settings.js';
import type { ChatState } from '../state.js';
import type { Signal } from '../surroundings.js';
import { Calls } from './calls.js';
import { unless } from './cancelling.js';
import { Deeds } from './deeds.js';
import { Gate } from './gate.js';
import { Link, type LinkListener } from './link.js';
import { Listing } from './listing.js';
import { Outgoings } from './outgoings.js';
import { SessionCookie } from './session-cookie.js';
import { Telling } from './telling.js';

/** Typing is told by the server once in this time; more need not be said. */
const TYPING_PAUSE = 3_000;

/**
 * One log-in, from the first try to connect to its end: hands the rules what happens and the time, and does what they say. What takes time comes
 * back as another input; what happens while effects are done waits for its turn.
 */
export class Driver implements LinkListener {
  readonly #settings: Settings;
  readonly #emitter: Emitter;
  readonly #feeds: Feeds;
  readonly #rules: ClientRules;
  readonly #gate = new Gate();
  readonly #listing: Listing;
  readonly #outgoings: Outgoings;
  readonly #deeds: Deeds;
  readonly #telling: Telling;
  readonly #cookie: SessionCookie | undefined;
  readonly #greeting: Greeting;
  readonly #inputs: Input[] = [];
  readonly #typedAt = new Map<ConversationId, number>();
  readonly #ready: Promise<Session>;
  readonly calls: Calls;
  #settle!: { resolve(session: Session): void; reject(why: Error): void };
  #state: ChatState = { name: 'idle' };
  #session: Session | undefined;
  #link: Link | undefined;
  #fault: Error | undefined;
  #isHandling = false;
  #isIdle: boolean | undefined;
  #isReady = false;
  #stopReason: 'disposed' | 'loggedOut' = 'disposed';
  #stopTimer = () => {};

  constructor(greeting: Greeting, settings: Settings, emitter: Emitter, feeds: Feeds) {
    this.#settings = settings;
    this.#emitter = emitter;
    this.#feeds = feeds;
    this.#greeting = { ...greeting, request: { ...greeting.request, client: settings.program } } as Greeting;
    this.#rules = new ClientRules(settings.random);
    this.calls = new Calls(this.#gate, settings.random, settings.clock);
    this.#cookie = settings.isCookieKept ? new SessionCookie(settings) : undefined;
    this.#listing = new Listing(this.calls, {
      listed: (connection, page) => {
        const isPresent = this.#link?.number === connection && this.#rules.isLoggedIn;
        if (isPresent) this.#happen({ is: 'listed', connection, page });
        return isPresent;
      },
      failed: (fault) => this.#emitter.tell('error', fault),
    });
    this.#outgoings = new Outgoings(settings, emitter, {
      queue: (draft) => this.#happen({ is: 'queue', draft }),
      restore: (drafts) => this.#happen({ is: 'restore', drafts }),
      discard: (clientMessageId) => this.#happen({ is: 'discard', clientMessageId }),
    });
    this.#deeds = new Deeds(this.#outgoings, (input) => this.#happen(input));
    this.#telling = new Telling(emitter, feeds, this.#outgoings, () => this.#list());
    this.#ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#ready.catch(() => {}); // whoever waits is told; nobody has to
  }

  get state(): ChatState {
    return this.#state;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  get outgoing(): readonly Outgoing[] {
    return this.#outgoings.all;
  }

  /** Logged in, and everything that happens from here on is told. */
  async begin(signal?: Signal): Promise<Session> {
    this.#happen({ is: 'start', greeting: this.#greeting });
    try {
      return await unless(signal, this.#ready);
    } catch (why) {
      this.dispose();
      throw why;
    }
  }

  async logOut(everywhere: boolean, signal?: Signal): Promise<void> {
    if (this.#state.name === 'ended') return;
    try {
      await this.calls.ask('LogOut', { everywhere }, signal);
    } catch (no) {
      // The news of the end may be faster than the answer, and means the same.
      if (!(no instanceof ChatRefusedError) || !no.is('sessionEnded')) throw no;
    }
    await this.#cookie?.forget().catch((fault) => this.#emitter.tell('error', fault));
    this.#stop('loggedOut');
  }

  dispose(): void {
    this.#stop('disposed');
  }

  retryNow(): void {
    this.#happen({ is: 'hurry', heardAt: this.#link?.heardAt ?? 0 });
  }

  send(draft: Draft): Outgoing {
    return this.#outgoings.add(draft);
  }

  outgoingOf(conversation: ConversationId): readonly Outgoing[] {
    return this.#outgoings.of(conversation);
  }

  typing(conversation: ConversationId): void {
    const now = this.#settings.clock.now();
    const before = this.#typedAt.get(conversation);
    if (this.#rules.state !== 'live' || (before !== undefined && now - before < TYPING_PAUSE)) return;
    this.#typedAt.set(conversation, now);
    this.#link?.ask('Typing', { conversation }).catch(() => {});
  }

  isIdle(idle: boolean): void {
    this.#isIdle = idle;
  }

  connected({ number: connection }: Link): void {
    this.#happen({ is: 'connected', connection });
  }

  lost({ number: connection }: Link): void {
    this.#happen({ is: 'lost', connection });
  }

  told<E extends keyof HubEvents>({ number: connection }: Link, event: E, argument: HubEvents[E]): void {
    const told = { event, argument } as Told;
    switch (told.event) {
      case 'EntriesAppended':
        return this.#happen({ is: 'appended', connection, batch: told.argument });
      case 'InboxAppended':
        return this.#happen({ is: 'inboxAppended', connection, batch: told.argument });
      case 'SessionEnded':
        this.#emitter.tell('sessionEnded', told.argument);
        return this.#happen({ is: 'sessionEnded', connection, end: told.argument });
      case 'ServerClosing':
        this.#emitter.tell('serverClosing', told.argument);
        return this.#happen({ is: 'serverClosing', connection, closing: told.argument });
      case 'TypingChanged':
        return this.#emitter.tell('typing', told.argument);
      case 'PresenceChanged':
        return this.#emitter.tell('presence', told.argument);
      case 'ProfileChanged':
        return this.#emitter.tell('profile', told.argument);
      case 'ReadMarkMoved':
        return this.#emitter.tell('readMark', told.argument);
      case 'Announced':
        return this.#emitter.tell('announced', told.argument);
    }
  }

  #happen(input: Input): void {
    this.#inputs.push(input);
    if (this.#isHandling) return;
    this.#isHandling = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      try {
        this.#handle(next);
      } catch (fault) {
        // What cannot be understood is asked for again, over another connection.
        this.#emitter.tell('error', fault);
        if (this.#link !== undefined) this.#inputs.push({ is: 'lost', connection: this.#link.number });
      }
    }
    this.#isHandling = false;
  }

  #handle(input: Input): void {
    const link = this.#link;
    if (link !== undefined && this.#isGreeted && this.#now >= link.deadAt) {
      link.fault ??= new Error(`The server said nothing for ${SILENCE_LIMIT / 1_000} seconds.`);
      this.#obey({ is: 'lost', connection: link.number });
    }
    this.#obey(input);
    if (this.#rules.isLoggedIn && this.#link !== undefined) this.#gate.open(this.#link);
    this.#tell();
    this.#wake();
  }

  #obey(input: Input): void {
    if (input.is === 'lost' && input.connection === this.#link?.number) this.#drop();
    for (const effect of this.#rules.handle(input, this.#now)) this.#do(effect);
  }

  #do(effect: Effect): void {
    const link = this.#link;
    switch (effect.do) {
      case 'connect':
        this.#link = new Link(effect.connection, this.#settings.dial, this, this.#settings.clock);
        void this.#link.open();
        return;
      case 'disconnect':
        return this.#drop();
      case 'greet':
        if (link !== undefined) void this.#deeds.greet(link, effect.greeting);
        return;
      case 'loggedIn':
        return this.#loggedIn(effect.session);
      case 'resync':
        if (link !== undefined) void this.#deeds.resync(link, effect);
        return;
      case 'keep':
        return this.#outgoings.keep(effect.draft);
      case 'send':
        if (link !== undefined) void this.#deeds.send(link, effect.draft, effect.attempt);
        return;
      case 'failed':
        return this.#outgoings.failed(effect.draft, effect.refusal);
      case 'ended':
        return this.#ended(effect.refusal === undefined ? undefined : new ChatRefusedError(effect.refusal, effect.reason), effect.reason);
      default:
        return this.#telling.tell(effect);
    }
  }

  // The list makes good what was before; the first one is read at log-in anyway.
  #list(): void {
    if (!this.#isReady) return;
    void this.#listing.read().then((rows) => rows !== undefined && this.#emitter.tell('listed', rows));
  }

  #loggedIn(session: Session): void {
    const isFirst = this.#session === undefined;
    const { token, ...rest } = session;
    this.#session = this.#cookie === undefined ? { ...rest, token: token ?? this.#session?.token } : rest;
    const kept = this.#cookie !== undefined && token !== undefined ? this.#keepToken(this.#cookie, token) : undefined;
    if (isFirst) void this.#settleIn(kept);
    else this.#outgoings.adoptLeft();
    if (this.#isIdle) this.calls.ask('SetPresence', { idle: true }).catch(() => {}); // whoever is back says so anyway
  }

  // Until the cookie is there the token stays in memory, to reconnect with.
  async #keepToken(cookie: SessionCookie, token: string): Promise<void> {
    try {
      await cookie.take(token);
      this.#happen({ is: 'tokenKept' });
    } catch (fault) {
      this.#emitter.tell('error', fault);
    }
  }

  async #settleIn(tokenKept: Promise<void> | undefined): Promise<void> {
    const session = this.#session!;
    const [rows] = await Promise.all([this.#listing.read(), this.#outgoings.open(session.me.user), tokenKept]);
    if (this.#state.name === 'ended') return;
    this.#isReady = true;
    if (rows !== undefined) this.#emitter.tell('listed', rows);
    this.#settle.resolve(this.#session ?? session);
  }

  #drop(): void {
    const link = this.#link;
    if (link === undefined) return;
    this.#link = undefined;
    this.#fault = link.fault;
    this.#gate.close();
    link.drop();
  }

  #stop(reason: 'disposed' | 'loggedOut'): void {
    if (this.#state.name === 'ended') return;
    this.#stopReason = reason;
    this.#happen({ is: 'stop' });
  }

  #ended(refused: ChatRefusedError | undefined, told: SessionEndReason | undefined): void {
    const reason = told ?? (refused === undefined ? this.#stopReason : 'refused');
    const why = refused ?? new ChatDisposedError(reason === 'loggedOut' ? 'The user logged out.' : 'The client was disposed.');
    this.#state = { name: 'ended', reason, why: refused };
    this.#stopTimer();
    this.#gate.end(why);
    this.#settle.reject(why);
    // Who logs out leaves nothing to read to whoever uses the device next.
    this.#outgoings.end(why, reason === 'loggedOut');
    this.#feeds.end(why);
    this.#emitter.tell('stateChanged', this.#state);
  }

  get #now(): number {
    return this.#settings.clock.now();
  }

  get #isGreeted(): boolean {
    return this.#rules.isLoggedIn || this.#rules.state === 'greeting';
  }

  #tell(): void {
    const state = this.#rules.state;
    if (state === 'idle' || state === 'ended') return;
    const name = state === 'greeting' ? 'connecting' : state;
    if (this.#state.name === name) return;
    this.#state = name === 'waiting' ? this.#waiting() : { name };
    this.#emitter.tell('stateChanged', this.#state);
  }

  #waiting(): ChatState {
    const wait = Math.max(0, (this.#rules.dueAt ?? 0) - this.#now);
    return { name: 'waiting', retryAt: this.#settings.clock.time() + Math.round(wait), fault: this.#fault };
  }

  #wake(): void {
    this.#stopTimer();
    const due = earliest(this.#rules.dueAt, this.#isGreeted ? this.#link?.deadAt : undefined);
    if (due !== undefined)
      this.#stopTimer = this.#settings.clock.after(Math.max(0, Math.ceil(due - this.#now)), () => this.#happen({ is: 'tick' }));
  }
}

type Told = { [E in keyof HubEvents]: { readonly event: E; readonly argument: HubEvents[E] } }[keyof HubEvents];
