import type { ConversationId, EntryBatch, InboxBatch } from '../contract.js';
import type { Effect } from './effect.js';

/** Batches that may wait for the answer to a resync; a connection that brings more is asked once more. */
const HELD_LENGTH = 256;

/** Whether a cursor moves with what is told, or has to be brought up to it first. */
export type Standing = 'following' | 'behind' | 'asked';

/** How far one transcript is held. It never passes over a seq without saying so, and never takes one twice. */
export class Cursor {
  readonly #held: (EntryBatch | InboxBatch)[] = [];
  #overflowed = false;

  /** Where it began, if that was with a batch that nobody had announced; undefined once it was. */
  toldFrom: number | undefined;

  constructor(
    /** Null for the inbox. */
    readonly conversation: ConversationId | null,
    public epoch: string,
    public have: number,
    public standing: Standing,
  ) {}

  take(batch: EntryBatch | InboxBatch, effects: Effect[]): void {
    // Once asked, the server tells again from our place on, and its answer says whether that place still counts: what comes before it waits for it.
    if (this.standing === 'asked') this.#hold(batch);
    else if (this.standing === 'behind') return;
    else if (batch.epoch !== this.epoch) this.standing = 'behind';
    else if (batch.to <= this.have) return;
    else if (batch.from > this.have + 1) this.standing = 'behind';
    else this.#apply(batch, effects);
  }

  ask(): void {
    this.standing = 'asked';
  }

  /** The connection is gone, or the resync was refused: only a new one can tell what was missed. */
  lose(): void {
    this.standing = 'behind';
    this.#forgetHeld();
  }

  /** A resync was answered: what comes by events starts at `from`. */
  answer(epoch: string, from: number, reset: boolean, effects: Effect[]): void {
    if (reset || epoch !== this.epoch) {
      this.epoch = epoch;
      this.have = from - 1;
      this.toldFrom = undefined;
      effects.push({ do: 'begin', conversation: this.conversation, from, reset: true });
    } else if (from > this.have + 1) {
      effects.push({ do: 'skip', conversation: this.conversation, hole: { from: this.have + 1, to: from - 1 } });
      this.have = from - 1;
    }
    this.standing = this.#overflowed ? 'behind' : 'following';

    // What still leaves a gap was written before the server moved its cursor, and comes again in its turn.
    for (const batch of this.#held.sort((one, other) => one.from - other.from)) {
      if (batch.epoch === this.epoch && batch.to > this.have && batch.from <= this.have + 1) this.#apply(batch, effects);
    }
    this.#forgetHeld();
  }

  #apply(batch: EntryBatch | InboxBatch, effects: Effect[]): void {
    effects.push(
      'conversation' in batch ? { do: 'apply', batch: above(batch, this.have) } : { do: 'applyInbox', batch: inboxAbove(batch, this.have) },
    );
    this.have = batch.to;
  }

  #hold(batch: EntryBatch | InboxBatch): void {
    if (this.#held.length < HELD_LENGTH) this.#held.push(batch);
    else this.#overflowed = true;
  }

  #forgetHeld(): void {
    this.#held.length = 0;
    this.#overflowed = false;
  }
}

// The part of a batch that lies above a place.
function above(batch: EntryBatch, have: number): EntryBatch {
  if (have < batch.from) return batch;
  return {
    ...batch,
    from: have + 1,
    entries: batch.entries.filter((entry) => entry.seq > have),
    holes: batch.holes.filter((hole) => hole.to > have).map((hole) => ({ ...hole, from: Math.max(hole.from, have + 1) })),
  };
}

function inboxAbove(batch: InboxBatch, have: number): InboxBatch {
  return have < batch.from ? batch : { ...batch, from: have + 1, entries: batch.entries.filter((entry) => entry.seq > have) };
}
