import { type ConversationId, type Entry, Limits, type ReadTranscript, type TranscriptPage } from '../contract.js';
import { reasonOf, unless } from '../driving/cancelling.js';
import type { Signal } from '../surroundings.js';
import type { Feeds } from './feeds.js';
import { Follower } from './follower.js';

/** Entries that wait for a reader at most; one who is slower reads the rest from the transcript. */
const ROOM = 256;

type Place = Omit<ReadTranscript, 'conversation'>;
type Entries = AsyncGenerator<Entry, void, undefined>;

/** Reads one conversation: what was, and what comes. A signal that aborts throws its reason. */
export class TranscriptReader {
  readonly #conversation: ConversationId;
  readonly #feeds: Feeds;
  readonly #page: (place: Place, signal: Signal | undefined) => Promise<TranscriptPage>;

  /** @param ask Reads a page, over as many connections as it takes. */
  constructor(
    conversation: ConversationId,
    feeds: Feeds,
    ask: (request: ReadTranscript, signal: Signal | undefined) => Promise<TranscriptPage>,
  ) {
    this.#conversation = conversation;
    this.#feeds = feeds;
    this.#page = (place, signal) => ask({ conversation, limit: Limits.pageOfEntries, ...place }, signal);
  }

  /** The last so many entries, then what comes, without an end. */
  async *tail(tail: number, signal?: Signal): Entries {
    // Listening starts before reading; what comes twice is dropped by its number.
    const follower = new Follower(this.#conversation, ROOM);
    this.#feeds.add(follower);
    try {
      const page = await this.#page({ limit: Math.max(tail, 1) }, signal);
      follower.start(page);
      if (tail > 0) yield* page.entries;
      yield* this.#live(follower, signal);
    } finally {
      this.#feeds.remove(follower);
    }
  }

  /** What lies behind a seq, then what comes, without an end. */
  async *after(seq: number, signal?: Signal): Entries {
    const follower = new Follower(this.#conversation, ROOM, seq);
    this.#feeds.add(follower);
    try {
      yield* await this.#read(follower, seq, signal);
      yield* this.#live(follower, signal);
    } finally {
      this.#feeds.remove(follower);
    }
  }

  /** From before a seq (or the head) down to the first that is readable. */
  async *backwards(before?: number, signal?: Signal): Entries {
    for (let place = before; place !== 1; ) {
      const page = await this.#page({ before: place }, signal);
      yield* page.entries.toReversed();
      if (page.to < page.from) return;
      place = page.from;
    }
  }

  /** From one seq up to another, or to the head. */
  async *stretch(from: number, to = Number.MAX_SAFE_INTEGER, signal?: Signal): Entries {
    for (let after = from - 1; after < to; ) {
      const page = await this.#page({ after, limit: Math.min(Limits.pageOfEntries, to - after) }, signal);
      yield* page.entries.filter((entry) => entry.seq <= to);
      if (page.to <= after) return;
      after = page.to;
    }
  }

  async *#live(follower: Follower, signal: Signal | undefined): Entries {
    while (true) {
      if (signal?.aborted) throw reasonOf(signal);
      let entries = follower.take();
      if (entries === undefined && follower.missing !== undefined) entries = await this.#read(follower, follower.missing, signal);
      if (entries === undefined) await unless(signal, follower.rung());
      else yield* entries;
    }
  }

  /** The next page for a follower, which hears what more there is. */
  async #read(follower: Follower, after: number, signal: Signal | undefined): Promise<readonly Entry[]> {
    const page = await this.#page({ after }, signal);
    follower.hear(page.head);
    return follower.takeRead(page);
  }
}
