import { type ConversationId, type Entry, type Receipt, type Refusal, RefusalCode, type UserId } from '../contract.js';
import { conversationOf, type Draft, idOf, namesASeq } from './draft.js';
import { earliest } from './due.js';
import type { Effect } from './effect.js';
import { Lane } from './lane.js';
import { tooLarge } from './too-large.js';

/**
 * What a user asked to have sent and is not known to be stored. It promises:
 * 1. drafts of one conversation are sent in the order queued, the next only when the one before is stored or refused for good;
 * 2. a draft whose outcome is not known is sent again with the same id, so that it is stored once;
 * 3. each draft leaves it exactly once: stored (whether its answer or its entry says so first), failed or discarded.
 */
export class Drafts {
  readonly #random: () => number;
  readonly #lanes = new Map<ConversationId, Lane>();
  #isRestored = false;

  constructor(random: () => number) {
    this.#random = random;
  }

  get dueAt(): number | undefined {
    return this.#isRestored ? earliest(...[...this.#lanes.values()].map((lane) => lane.dueAt)) : undefined;
  }

  get all(): readonly Draft[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.drafts);
  }

  /** False where it is in it already. */
  add(draft: Draft): boolean {
    const lane = this.#laneOf(draft);
    if (lane.has(idOf(draft))) return false;
    lane.add(draft);
    return true;
  }

  /** What an earlier run queued comes before what this one did, unless that is on its way already. */
  restore(drafts: readonly Draft[]): void {
    const before = new Map<Lane, number>();
    for (const draft of drafts) {
      const lane = this.#laneOf(draft);
      if (lane.has(idOf(draft))) continue;
      const place = before.get(lane) ?? 0;
      if (this.#isRestored) lane.add(draft);
      else lane.add(draft, place);
      before.set(lane, place + 1);
    }
    this.#isRestored = true;
  }

  /** The connection is live: what is due is sent. */
  send(now: number, effects: Effect[]): void {
    if (!this.#isRestored) return;
    for (const lane of this.#lanes.values()) if (lane.dueAt <= now) effects.push(lane.send(now));
  }

  lost(): void {
    for (const lane of this.#lanes.values()) lane.lose();
  }

  /** An answer or an entry says where a draft is stored. Of the two, the later finds nothing and is passed over. */
  stored(id: string, receipt: Receipt, effects: Effect[]): void {
    const draft = this.remove(receipt.conversation, id);
    if (draft !== undefined) effects.push({ do: 'stored', draft, receipt });
  }

  /** One's own entries take the place of the drafts they came from, whether or not the answer was heard: that is told before the entries are. */
  recognise(me: UserId, effects: Effect[]): Effect[] {
    if (this.#lanes.size === 0) return effects;
    return effects.flatMap((effect) => {
      if (effect.do !== 'apply') return [effect];
      const settled: Effect[] = [];
      const { conversation, entries } = effect.batch;
      for (const entry of entries) {
        const id = entry.author.user === me ? idIn(entry) : undefined;
        if (id !== undefined) this.stored(id, { conversation, seq: entry.seq, sentAt: entry.sentAt, repeated: false }, settled);
      }
      return [...settled, effect];
    });
  }

  refused(id: string, attempt: number, refusal: Refusal, now: number, effects: Effect[]): void {
    for (const lane of this.#lanes.values()) {
      const draft = lane.refused(id, attempt);
      if (draft === undefined) continue;
      if (refusal.retryable) lane.wait(now, refusal, this.#random());
      else this.#fail(draft, refusal, effects);
      return;
    }
  }

  /**
   * What cannot come to anything is not sent: what is too large, and amendments that name a seq of another history, which would hit the wrong message.
   * @param epoch The server's history, as far as it is known.
   */
  judge(drafts: readonly Draft[], epoch: string | undefined, effects: Effect[]): void {
    for (const draft of drafts) {
      const isOfAnother = epoch !== undefined && draft.epoch !== undefined && draft.epoch !== epoch;
      const refusal = isOfAnother && namesASeq(draft) ? FROM_ANOTHER_HISTORY : tooLarge(draft.request);
      if (refusal !== undefined) this.#fail(draft, refusal, effects);
    }
  }

  remove(conversation: ConversationId, id: string): Draft | undefined {
    const lane = this.#lanes.get(conversation);
    const draft = lane?.remove(id);
    if (lane?.drafts.length === 0) this.#lanes.delete(conversation);
    return draft;
  }

  discard(id: string): void {
    for (const conversation of [...this.#lanes.keys()]) this.remove(conversation, id);
  }

  #fail(draft: Draft, refusal: Refusal, effects: Effect[]): void {
    this.remove(conversationOf(draft), idOf(draft));
    effects.push({ do: 'failed', draft, refusal });
  }

  #laneOf(draft: Draft): Lane {
    const conversation = conversationOf(draft);
    const lane = this.#lanes.get(conversation) ?? new Lane();
    this.#lanes.set(conversation, lane);
    return lane;
  }
}

const FROM_ANOTHER_HISTORY: Refusal = {
  code: RefusalCode.noSuchMessage,
  name: 'noSuchMessage',
  text: 'There is no such message any more.',
  retryable: false,
};

const idIn = (entry: Entry): string | undefined => ('clientMessageId' in entry ? entry.clientMessageId : undefined);
