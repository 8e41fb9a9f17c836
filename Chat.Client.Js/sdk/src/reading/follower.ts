import type { ConversationId, Entry, EntryBatch, TranscriptPage } from '../contract.js';

/** A part of a transcript, whether it was told or read back. */
export type Told = EntryBatch | TranscriptPage;

/**
 * How far one reader has come in one conversation, and what was told since. It promises:
 * 1. what is taken from it comes in order of seq, each once, with no gap;
 * 2. it holds at most `room` entries: a reader who falls behind reads the rest from the transcript;
 * 3. telling it never waits.
 */
export class Follower {
  readonly #room: number;
  #waiting: Told[] = [];
  #entries = 0;
  #epoch: string | undefined;
  #position: number | undefined;
  #head = 0;
  #rung = false;
  #end: { why: Error } | undefined;
  #wake: (() => void) | undefined;

  /** @param after The reader wants what comes behind this seq; left out, it starts with a page. */
  constructor(
    readonly conversation: ConversationId,
    room: number,
    after?: number,
  ) {
    this.#room = room;
    this.#position = after;
  }

  /** The seq behind which to read the transcript, where more exists than waits here; undefined where nothing has to be read. */
  get missing(): number | undefined {
    return this.#position !== undefined && this.#head > this.#position ? this.#position : undefined;
  }

  offer(told: EntryBatch): void {
    if (this.#epoch !== undefined && told.epoch !== this.#epoch) this.#restart(told);
    this.#head = Math.max(this.#head, told.to);
    this.#entries += told.entries.length;
    this.#waiting.push(told);
    if (this.#entries > this.#room) this.#drop();
    this.#ring();
  }

  /** There is something up to this seq, although it was not told. */
  hear(head: number): void {
    this.#head = Math.max(this.#head, head);
    this.#ring();
  }

  /** The reader has read this page, and wants what comes behind it. */
  start(page: TranscriptPage): void {
    this.#epoch = page.epoch;
    this.#position = page.to;
    this.#head = Math.max(this.#head, page.head);
  }

  /** What comes next, where it waits here. */
  take(): readonly Entry[] | undefined {
    for (let told = this.#waiting[0]; told !== undefined; told = this.#waiting[0]) {
      const isOfThisHistory = this.#epoch === undefined || told.epoch === this.#epoch;
      if (isOfThisHistory && this.#position !== undefined && told.from > this.#position + 1) return undefined;
      this.#waiting.shift();
      this.#entries -= told.entries.length;
      if (isOfThisHistory && (this.#position === undefined || told.to > this.#position)) return this.#advance(told);
    }
    return undefined;
  }

  /** What comes next, as read from the transcript. */
  takeRead(page: Told): readonly Entry[] {
    if (this.#epoch !== undefined && page.epoch !== this.#epoch) this.#restart(page);

    // What was told of is not there any more: an older backup was restored, or the reader may not see it after all.
    if (this.#position !== undefined && page.to <= this.#position) this.#head = page.to;
    return this.#advance(page);
  }

  /** Waits until there may be more. Throws whatever {@link end} was given. */
  async rung(): Promise<void> {
    if (!this.#rung && this.#end === undefined)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (!this.#rung && this.#end !== undefined) throw this.#end.why;
    this.#rung = false;
  }

  end(why: Error): void {
    this.#end = { why };
    this.#wake?.();
  }

  #ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  #advance(told: Told): readonly Entry[] {
    const position = this.#position ?? 0;
    this.#position = Math.max(position, told.to);
    this.#epoch = told.epoch;
    return told.from > position ? told.entries : told.entries.filter((entry) => entry.seq > position);
  }

  // The numbers of another history mean nothing: it is read from where it is told.
  #restart(told: Told): void {
    this.#drop();
    this.#epoch = told.epoch;
    this.#position = told.from - 1;
    this.#head = 0;
  }

  #drop(): void {
    this.#waiting = [];
    this.#entries = 0;
  }
}
