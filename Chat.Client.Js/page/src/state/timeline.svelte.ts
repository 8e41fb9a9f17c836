import type { ChatConversation, Entry, EntryBatch, Outgoing, Person, TranscriptPage } from 'signalrchat';
import { withAfloat } from './afloat';
import { fold, isAmendment, rowsOfPage } from './fold';
import type { Row } from './rows';

const page = 50;
/** Rows in the document at most: enough for a screen in either direction, few enough for any machine. */
export const windowLength = 250;

/** The stretch of a conversation that is on the screen, and how it grows at either end. */
export class Timeline {
  #rows = $state.raw<readonly Row[]>([]);
  #afloat = $state.raw<readonly Outgoing[]>([]);
  #me: () => Person;
  #loading: Promise<void> | null = null;
  /** Entries that were told while a page was on its way, for the page may be older than they are. */
  #meanwhile: Entry[] | null = null;
  #told = 0;

  /** The seqs that the rows cover, both included. */
  from = $state(0);
  to = $state(0);
  head = $state(0);
  firstSeq = 1;
  phase = $state<'new' | 'ready' | 'failed'>('new');
  busy = $state<'older' | 'newer' | null>(null);
  /** Where reading left off when the conversation was opened; what is new stands behind it. */
  newAfter = $state<number | null>(null);
  /** Messages of others that came below what is seen. */
  below = $state(0);

  readonly rows = $derived.by(() => withAfloat(this.#rows, this.#afloat, this.#me(), this.atEnd));
  readonly atEnd = $derived(this.to >= this.head);
  readonly atStart = $derived(this.phase === 'ready' && this.from <= this.firstSeq);

  constructor(
    readonly conversation: ChatConversation,
    me: () => Person,
  ) {
    this.#me = me;
  }

  /** Reads the newest page, or what stands around a seq; a page that is on its way is let arrive first. */
  async open(around?: number): Promise<void> {
    while (this.#loading) await this.#loading;
    return this.#load(null, async () => {
      if (around === undefined) {
        const newest = await this.conversation.page({ limit: page });
        this.#begin(rowsOfPage(newest.entries), newest.from, newest.to, newest);
      } else {
        const [older, newer] = await Promise.all([
          this.conversation.page({ before: around, limit: page }),
          this.conversation.page({ after: Math.max(0, around - 1), limit: page }),
        ]);
        this.#begin([...rowsOfPage(older.entries), ...rowsOfPage(newer.entries)], older.from, Math.max(newer.to, older.to), newer);
      }
    });
  }

  older(): Promise<void> {
    if (this.atStart || this.phase !== 'ready') return Promise.resolve();
    return this.#load('older', async () => {
      const read = await this.conversation.page({ before: this.from, limit: page });
      this.#rows = [...rowsOfPage(read.entries), ...this.#rows];
      this.from = read.to < read.from ? this.firstSeq : read.from;
      if (this.#rows.length <= windowLength) return;
      this.#rows = this.#rows.slice(0, windowLength);
      this.to = this.#rows.at(-1)!.seq;
    });
  }

  newer(): Promise<void> {
    if (this.atEnd || this.phase !== 'ready') return Promise.resolve();
    return this.#load('newer', async () => {
      const read = await this.conversation.page({ after: this.to, limit: page });
      this.#rows = [...this.#rows, ...rowsOfPage(read.entries)];
      this.to = read.to < read.from ? read.head : read.to;
      this.head = Math.max(this.head, read.head);
      this.#trimStart();
    });
  }

  /** Entries as they are told. @param follows Whether the end is in sight, so that the start may go. */
  tell(batch: EntryBatch, follows: boolean): void {
    this.#told = Math.max(this.#told, batch.to);
    this.#meanwhile?.push(...batch.entries);
    if (this.phase !== 'ready') return;
    const goesOn = this.atEnd && (follows || this.#rows.length + batch.entries.length <= windowLength);
    this.#rows = fold(this.#rows, goesOn ? batch.entries : batch.entries.filter(isAmendment));
    this.head = Math.max(this.head, batch.to);
    if (goesOn) this.to = this.head;
    if (goesOn && follows) this.#trimStart();
    if (!follows) this.below += batch.entries.filter((entry) => entry.kind === 'message' && entry.author.user !== this.#me().user).length;
    this.#sink();
  }

  /** What is on its way now. */
  afloat(outgoing: readonly Outgoing[]): void {
    const gone = this.#afloat.filter((each) => each.state === 'stored' && !outgoing.includes(each));
    this.#afloat = [...gone, ...outgoing];
    this.#sink();
  }

  /** Numbers from `from` on are told anew, or some will not be told: what is held no longer reaches the end. */
  cut(head: number): void {
    this.head = Math.max(this.head, head);
    this.#told = Math.max(this.#told, head);
  }

  // What has been told as an entry no longer floats.
  #sink(): void {
    const floats = this.#afloat.filter((each) => each.state !== 'stored' || (each.receipt?.seq ?? 0) > this.#told);
    if (floats.length !== this.#afloat.length || floats.some((each, at) => each !== this.#afloat[at])) this.#afloat = floats;
    else this.#afloat = [...floats];
  }

  #begin(rows: Row[], from: number, to: number, read: TranscriptPage): void {
    this.#rows = rows;
    this.from = from;
    this.to = to < from ? read.head : to;
    this.head = Math.max(read.head, to);
    this.#told = Math.max(this.#told, read.head);
    this.below = 0;
    this.phase = 'ready';
  }

  #trimStart(): void {
    if (this.#rows.length <= windowLength) return;
    this.#rows = this.#rows.slice(-windowLength);
    this.from = this.#rows[0]!.seq;
  }

  #load(which: 'older' | 'newer' | null, read: () => Promise<void>): Promise<void> {
    this.#loading ??= this.#run(which, read).finally(() => {
      this.#loading = null;
      this.#meanwhile = null;
      this.busy = null;
    });
    return this.#loading;
  }

  async #run(which: 'older' | 'newer' | null, read: () => Promise<void>): Promise<void> {
    this.busy = which;
    this.#meanwhile = [];
    try {
      await read();
      const later = this.#meanwhile.filter((entry) => isAmendment(entry) || (this.atEnd && entry.seq > this.to));
      this.#rows = fold(this.#rows, later);
      const told = this.#meanwhile.at(-1)?.seq ?? 0;
      if (this.atEnd && told > this.to) this.to = this.head = told;
      else this.head = Math.max(this.head, told);
      this.#sink();
    } catch {
      if (this.phase !== 'ready') this.phase = 'failed';
    }
  }
}
