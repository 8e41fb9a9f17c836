import { type Refusal, RefusalCode, type Session, type SessionEndReason, type UserId } from '../contract.js';
import { Cursors } from './cursors.js';
import { Drafts } from './drafts.js';
import { earliest } from './due.js';
import type { Effect } from './effect.js';
import type { FromConnection, Input } from './input.js';
import { Introduction } from './introduction.js';
import { DOUBTFUL_AFTER } from './liveness.js';
import { CONNECT_LIMIT, GREETING_LIMIT, isAboutTheSession, Reconnection } from './reconnection.js';

/** Where a client is on its way to hearing everything. */
export type RulesState = 'idle' | 'waiting' | 'connecting' | 'greeting' | 'resyncing' | 'live' | 'ended';

/**
 * The whole of a client's rules: what happens goes in, what to do comes out. It knows no socket, promise, timer or clock. It is one user's, and
 * promises:
 * 1. from `start` on it tries to be connected until it is stopped or refused for good;
 * 2. after every reconnect: resume, resync, then the drafts;
 * 3. entries are applied in order of seq, each once, and nothing is passed over without a word;
 * 4. a draft leaves it once: stored, failed or discarded.
 *
 * Times are monotonic milliseconds, from any beginning.
 */
export class ClientRules {
  readonly #reconnection: Reconnection;
  readonly #introduction = new Introduction();
  readonly #cursors: Cursors;
  readonly #drafts: Drafts;
  #state: RulesState = 'idle';
  #connection = 0;
  #me: UserId | undefined;
  #epoch: string | undefined;

  // When the present state ends by itself; only for waiting, connecting and greeting.
  #stateEndsAt = 0;

  /** @param random 0 up to but not including 1. */
  constructor(random: () => number) {
    this.#reconnection = new Reconnection(random);
    this.#cursors = new Cursors(random);
    this.#drafts = new Drafts(random);
  }

  get state(): RulesState {
    return this.#state;
  }

  get isLoggedIn(): boolean {
    return this.#state === 'resyncing' || this.#state === 'live';
  }

  /** When a tick is wanted at the latest. */
  get dueAt(): number | undefined {
    switch (this.#state) {
      case 'waiting':
      case 'connecting':
      case 'greeting':
        return this.#stateEndsAt;
      case 'resyncing':
        return this.#cursors.dueAt;
      case 'live':
        return earliest(this.#cursors.dueAt, this.#drafts.dueAt);
      default:
        return undefined;
    }
  }

  handle(input: Input, now: number): Effect[] {
    const effects: Effect[] = [];
    if ('connection' in input && !this.#isPresent(input.connection)) return effects;

    if ('connection' in input) this.#hear(input, now, effects);
    else this.#happen(input, now, effects);
    this.#proceed(now, effects);
    return this.#me === undefined ? effects : this.#drafts.recognise(this.#me, effects);
  }

  #isPresent(connection: number): boolean {
    return connection === this.#connection && this.#state !== 'idle' && this.#state !== 'waiting' && this.#state !== 'ended';
  }

  #happen(input: Exclude<Input, FromConnection>, now: number, effects: Effect[]): void {
    switch (input.is) {
      case 'start':
        if (this.#state !== 'idle') return;
        this.#introduction.begin(input.greeting);
        this.#connect(now, effects);
        return;
      case 'queue': {
        const draft = { ...input.draft, epoch: input.draft.epoch ?? this.#epoch };
        if (!this.#drafts.add(draft)) return;
        effects.push({ do: 'keep', draft });
        this.#drafts.judge([draft], this.#epoch, effects);
        return;
      }
      case 'restore':
        this.#drafts.restore(input.drafts);
        this.#drafts.judge(input.drafts, this.#epoch, effects);
        return;
      case 'discard':
        this.#drafts.discard(input.clientMessageId);
        return;
      case 'tokenKept':
        this.#introduction.tokenIsKept();
        return;
      case 'hurry':
        if ((this.isLoggedIn || this.#state === 'greeting') && now - input.heardAt >= DOUBTFUL_AFTER) this.#drop(0, now, effects);
        else if (this.#state === 'waiting') this.#stateEndsAt = now;
        return;
      case 'stop':
        if (this.#state !== 'ended') this.#end(undefined, undefined, effects);
        return;
    }
  }

  #hear(input: FromConnection, now: number, effects: Effect[]): void {
    switch (input.is) {
      case 'connected':
        if (this.#state === 'connecting') this.#greet(now, effects);
        return;
      case 'lost':
        this.#lose(now);
        return;
      case 'greeted': {
        const { value, refusal } = input.answer;
        if (this.#state !== 'greeting') return;
        // Another tab may have logged another user in: the cookie is theirs now, and what is held and to be sent is not.
        if (value !== null && this.#me !== undefined && value.me.user !== this.#me) this.#end(SESSION_ENDED, undefined, effects);
        else if (value !== null) this.#begin(value, effects);
        else if (this.#introduction.refused(refusal)) this.#greet(now, effects);
        else if (refusal.retryable) this.#drop(refusal.retryAfterMs, now, effects);
        else this.#end(refusal, undefined, effects);
        return;
      }
      case 'resynced': {
        const { value, refusal } = input.answer;
        if (value !== null) {
          this.#enter(value.epoch, effects);
          this.#cursors.answered(input.number, value, effects);
        } else if (refusal.retryable) this.#cursors.refused(input.number, refusal, now);
        else this.#giveUp(refusal, now, effects);
        return;
      }
      case 'sent': {
        const { value, refusal } = input.answer;
        if (value !== null) this.#drafts.stored(input.clientMessageId, value, effects);
        else if (isAboutTheSession(refusal)) this.#giveUp(refusal, now, effects);
        else this.#drafts.refused(input.clientMessageId, input.attempt, refusal, now, effects);
        return;
      }
      case 'appended':
        this.#cursors.came(input.batch, effects);
        return;
      case 'inboxAppended':
        this.#cursors.inboxCame(input.batch, effects);
        return;
      case 'listed':
        if (this.#epoch !== undefined) this.#cursors.listed(input.page, this.#epoch, effects);
        return;
      case 'sessionEnded':
        this.#end(SESSION_ENDED, input.end.reason, effects);
        return;
      case 'serverClosing':
        this.#drop(input.closing.reconnectAfterMs, now, effects);
        return;
    }
  }

  #proceed(now: number, effects: Effect[]): void {
    if ((this.#state === 'connecting' || this.#state === 'greeting') && now >= this.#stateEndsAt) this.#drop(undefined, now, effects);
    if (this.isLoggedIn && this.#cursors.isOverdue(now)) this.#drop(undefined, now, effects);
    if (this.#state === 'waiting' && now >= this.#stateEndsAt) this.#connect(now, effects);
    if (this.isLoggedIn) this.#cursors.ask(now, effects);
    if (this.#state === 'resyncing' && this.#cursors.areFollowing) {
      this.#state = 'live';
      this.#reconnection.live(now);
    }
    if (this.#state === 'live') this.#drafts.send(now, effects);
  }

  #connect(now: number, effects: Effect[]): void {
    this.#state = 'connecting';
    this.#stateEndsAt = now + CONNECT_LIMIT;
    effects.push({ do: 'connect', connection: ++this.#connection });
  }

  #greet(now: number, effects: Effect[]): void {
    this.#state = 'greeting';
    this.#stateEndsAt = now + GREETING_LIMIT;
    effects.push({ do: 'greet', greeting: this.#introduction.next });
  }

  #begin(session: Session, effects: Effect[]): void {
    this.#state = 'resyncing';
    this.#me = session.me.user;
    this.#introduction.accepted(session);
    effects.push({ do: 'loggedIn', session });
    this.#enter(session.epoch, effects);
  }

  #enter(epoch: string, effects: Effect[]): void {
    this.#epoch = epoch;
    this.#drafts.judge(this.#drafts.all, epoch, effects);
  }

  // A call was refused for what this connection is. What it was about stays to be done, on the next one or by the next session.
  #giveUp(refusal: Refusal, now: number, effects: Effect[]): void {
    if (refusal.code === RefusalCode.sessionEnded) this.#end(refusal, undefined, effects);
    else this.#drop(undefined, now, effects);
  }

  #drop(reconnectAfterMs: number | undefined, now: number, effects: Effect[]): void {
    effects.push({ do: 'disconnect' });
    this.#reconnection.asked(reconnectAfterMs);
    this.#lose(now);
  }

  #lose(now: number): void {
    if (this.#state === 'greeting') this.#introduction.unanswered();
    this.#state = 'waiting';
    this.#stateEndsAt = this.#reconnection.lost(now);
    this.#cursors.lost();
    this.#drafts.lost();
  }

  #end(refusal: Refusal | undefined, reason: SessionEndReason | undefined, effects: Effect[]): void {
    if (this.#isPresent(this.#connection)) effects.push({ do: 'disconnect' });
    this.#state = 'ended';
    effects.push({ do: 'ended', refusal, reason });
  }
}

const SESSION_ENDED: Refusal = {
  code: RefusalCode.sessionEnded,
  name: 'sessionEnded',
  text: 'This session has ended; log in again.',
  retryable: false,
};
