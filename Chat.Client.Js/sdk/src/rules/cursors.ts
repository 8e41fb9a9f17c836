import {
  type ConversationId,
  type ConversationPage,
  type EntryBatch,
  type InboxBatch,
  Limits,
  type Refusal,
  type ResyncResult,
} from '../contract.js';
import { backoff } from './backoff.js';
import { Cursor, type Standing } from './cursor.js';
import { earliest } from './due.js';
import type { Effect } from './effect.js';

/** Resyncs at a time; more conversations wait, and share the next one. */
const UNDER_WAY = 4;

/** A server that takes longer than this over a resync is given up, with its connection. */
export const RESYNC_LIMIT = 30_000;

/**
 * The places of all transcripts that a client follows. Logging in makes every conversation live at its head, so one that nothing is held of
 * begins with what comes first; one that is held goes on without a gap, for which it is resynced after every reconnect.
 */
export class Cursors {
  readonly #random: () => number;
  readonly #conversations = new Map<ConversationId, Cursor>();
  readonly #behind = new Set<Cursor>();
  readonly #asked = new Map<number, { at: number; cursors: Cursor[] }>();
  #inbox: Cursor | undefined;
  #inboxReplayedTo = 0;
  #number = 0;
  #refusals = 0;
  #askAt = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Whether everything held is known to be up to date, or about to be told. */
  get areFollowing(): boolean {
    return this.#behind.size === 0 && this.#asked.size === 0;
  }

  /** When to come back if nothing happens before: to ask again, or to give up. */
  get dueAt(): number | undefined {
    const asked = [...this.#asked.values()].map((one) => one.at + RESYNC_LIMIT);
    return earliest(...asked, this.#behind.size > 0 && this.#asked.size < UNDER_WAY ? this.#askAt : undefined);
  }

  came(batch: EntryBatch, effects: Effect[]): void {
    let cursor = this.#conversations.get(batch.conversation);
    if (cursor === undefined) {
      cursor = this.#begin(batch.conversation, batch.epoch, batch.from, 'following', effects);
      cursor.toldFrom = batch.from;
    }
    this.#take(cursor, batch, effects);
  }

  inboxCame(batch: InboxBatch, effects: Effect[]): void {
    if (this.#inbox === undefined) {
      this.#begin(null, batch.epoch, batch.from, 'following', effects);
      this.#inboxReplayedTo = batch.from - 1;
    }
    const before = effects.length;
    this.#take(this.#inbox!, batch, effects);
    this.#announce(before, effects);
  }

  /** A page of the list was read over the present connection, which has told everything later than the page. */
  listed(page: ConversationPage, epoch: string, effects: Effect[]): void {
    for (const row of page.items) {
      if (!this.#conversations.has(row.conversation)) this.#begin(row.conversation, epoch, row.head + 1, 'following', effects);
    }
    if (this.#inbox !== undefined) return;
    this.#begin(null, epoch, page.inboxSeq + 1, 'following', effects);
    this.#inboxReplayedTo = page.inboxSeq;
  }

  lost(): void {
    this.#asked.clear();
    this.#refusals = 0;
    this.#askAt = 0;
    for (const cursor of this.#conversations.values()) this.#lose(cursor);
    if (this.#inbox !== undefined) this.#lose(this.#inbox);
  }

  /** Everything that is behind is asked for, as far as may be asked now. */
  ask(now: number, effects: Effect[]): void {
    while (this.#behind.size > 0 && this.#asked.size < UNDER_WAY && now >= this.#askAt) {
      const [{ epoch }] = [...this.#behind] as [Cursor];
      const cursors = [...this.#behind].filter((cursor) => cursor.epoch === epoch).slice(0, Limits.resyncedPerCall);
      for (const cursor of cursors) {
        this.#behind.delete(cursor);
        cursor.ask();
      }
      this.#asked.set(++this.#number, { at: now, cursors });
      const have = Object.fromEntries(
        cursors.flatMap((cursor) => (cursor.conversation === null ? [] : [[cursor.conversation, cursor.have]])),
      );
      const inboxSeq = cursors.find((cursor) => cursor.conversation === null)?.have;
      effects.push({ do: 'resync', number: this.#number, request: { epoch, have, inboxSeq } });
    }
  }

  isOverdue(now: number): boolean {
    return [...this.#asked.values()].some((asked) => now >= asked.at + RESYNC_LIMIT);
  }

  answered(number: number, result: ResyncResult, effects: Effect[]): void {
    const asked = this.#asked.get(number);
    if (asked === undefined) return;
    this.#asked.delete(number);
    this.#refusals = 0;
    const before = effects.length;
    const places = new Map(result.conversations.map((resynced) => [resynced.conversation, resynced]));
    for (const cursor of asked.cursors) {
      const place = cursor.conversation === null ? result.inbox : places.get(cursor.conversation);
      if (place === undefined) this.#remove(cursor, effects);
      else cursor.answer(result.epoch, place.from, place.reset === true, effects);
      if (cursor.conversation === null && place !== undefined) this.#inboxReplayedTo = place.head;
      if (place !== undefined) this.#watch(cursor);
    }
    this.#announce(before, effects);
  }

  /** Asks again after a while. */
  refused(number: number, refusal: Refusal, now: number): void {
    const asked = this.#asked.get(number);
    if (asked === undefined) return;
    this.#asked.delete(number);
    for (const cursor of asked.cursors) this.#lose(cursor);
    this.#askAt = now + backoff(refusal.retryAfterMs, this.#refusals++, this.#random());
  }

  // A conversation that the inbox announces is heard from the joining on. What the inbox replays was not live when it happened, so it is asked for;
  // where the conversation was told of before it was announced, what lies between is reported.
  #announce(before: number, effects: Effect[]): void {
    for (const effect of effects.slice(before)) {
      if (effect.do !== 'applyInbox') continue;
      for (const entry of effect.batch.entries) {
        if (entry.kind !== 'conversationAdded') continue;
        const { conversation, joinedSeq } = entry;
        const cursor = this.#conversations.get(conversation);
        if (cursor === undefined) {
          const standing = entry.seq <= this.#inboxReplayedTo ? 'behind' : 'following';
          this.#begin(conversation, effect.batch.epoch, joinedSeq, standing, effects);
          continue;
        }
        if (cursor.toldFrom !== undefined && cursor.toldFrom > joinedSeq)
          effects.push({ do: 'skip', conversation, hole: { from: joinedSeq, to: cursor.toldFrom - 1 } });
        cursor.toldFrom = undefined;
      }
    }
  }

  #take(cursor: Cursor, batch: EntryBatch | InboxBatch, effects: Effect[]): void {
    cursor.take(batch, effects);
    this.#watch(cursor);
  }

  #lose(cursor: Cursor): void {
    cursor.lose();
    this.#watch(cursor);
  }

  #begin(conversation: ConversationId | null, epoch: string, from: number, standing: Standing, effects: Effect[]): Cursor {
    effects.push({ do: 'begin', conversation, from, reset: false });
    const cursor = new Cursor(conversation, epoch, from - 1, standing);
    if (conversation === null) this.#inbox = cursor;
    else this.#conversations.set(conversation, cursor);
    this.#watch(cursor);
    return cursor;
  }

  #remove(cursor: Cursor, effects: Effect[]): void {
    if (cursor.conversation === null) this.#inbox = undefined;
    else this.#conversations.delete(cursor.conversation);
    effects.push({ do: 'forget', conversation: cursor.conversation });
  }

  #watch(cursor: Cursor): void {
    if (cursor.standing === 'behind') this.#behind.add(cursor);
  }
}
