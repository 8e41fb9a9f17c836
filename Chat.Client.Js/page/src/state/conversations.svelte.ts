import {
  type ChatClient,
  ChatRefusedError,
  type Conversation,
  type Entry,
  type EntryBatch,
  type InboxEntry,
  type Member,
  type Person,
  type ReadNotice,
} from 'signalrchat';
import { SvelteMap } from 'svelte/reactivity';
import type { People } from './people.svelte';

/** The conversations of the user as rows: read as a whole once, then kept by what is told. */
export class Conversations {
  readonly #rows = new SvelteMap<string, Conversation>();
  #client: ChatClient;
  #me: () => Person;
  #people: People;
  #refreshing = new Map<string, { again: boolean }>();
  known = $state(false);

  readonly all = $derived([...this.#rows.values()]);
  // As the server orders them, also where two things happened in the same millisecond.
  readonly listed = $derived(
    this.all
      .filter((row) => !row.hidden && row.role !== undefined)
      .sort(
        (one, other) =>
          Number(other.pinned) - Number(one.pinned) ||
          other.lastActivityAt - one.lastActivityAt ||
          (one.conversation < other.conversation ? -1 : 1),
      ),
  );
  readonly mentions = $derived(this.listed.reduce((sum, row) => sum + row.mentions, 0));
  readonly waiting = $derived(this.listed.filter((row) => !row.muted && row.unread > 0).length);

  constructor(client: ChatClient, me: () => Person, people: People) {
    this.#client = client;
    this.#me = me;
    this.#people = people;
  }

  get(id: string): Conversation | undefined {
    return this.#rows.get(id);
  }

  list(rows: readonly Conversation[]): void {
    const held = new Set(rows.map((row) => row.conversation));
    for (const id of this.#rows.keys()) if (!held.has(id)) void this.refresh(id); // in no list, such as one that a link led to, or gone
    for (const row of rows) this.put(row);
    this.known = true;
  }

  /** What was told of it belongs to another history: any row of this one is fresher. */
  restart(id: string): void {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, head: 0 });
    void this.refresh(id);
  }

  /** A fresh row. One from the list names five members only: those known stay. */
  put(row: Conversation): void {
    const held = this.#rows.get(row.conversation);
    if (held && held.head > row.head) return; // written before what has been told since
    for (const { person, presence } of row.members) this.#people.presences.set(person.user, presence);
    const members = held && held.members.length > row.members.length && row.members.length === 5 ? held.members : row.members;
    this.#rows.set(row.conversation, { ...row, members });
  }

  /** The next one to log in finds nothing of this one. */
  clear(): void {
    this.#rows.clear();
    this.known = false;
  }

  drop(id: string): void {
    this.#rows.delete(id);
  }

  tell(batch: EntryBatch): void {
    const row = this.#rows.get(batch.conversation);
    if (!row) return void this.refresh(batch.conversation);
    let next: Conversation = { ...row, head: Math.max(row.head, batch.to) };
    for (const entry of batch.entries) {
      if (entry.seq > row.head) next = { ...this.#after(next, entry), lastActivityAt: entry.sentAt };
    }
    this.#rows.set(row.conversation, next);
  }

  inbox(entry: InboxEntry): void {
    if (entry.kind === 'conversationAdded') return void this.refresh(entry.conversation);
    if (!('conversation' in entry)) return;
    const row = this.#rows.get(entry.conversation);
    if (!row) return;
    if (entry.kind === 'conversationLeft') this.#rows.set(row.conversation, { ...row, role: undefined });
    else if (entry.kind === 'conversationChanged') {
      const { pinned, muted, hidden } = entry;
      this.#rows.set(row.conversation, { ...row, pinned, muted, hidden });
    } else if (entry.kind === 'readMarked') this.read(row.conversation, entry.readSeq);
  }

  /** One's own mark moved, here or on another device. */
  read(id: string, seq: number): void {
    const row = this.#rows.get(id);
    if (!row || seq <= row.readSeq) return;
    const all = seq >= (row.lastMessage?.seq ?? 0);
    this.#rows.set(id, { ...row, readSeq: seq, ...(all && { unread: 0, mentions: 0 }) });
    if (!all && row.unread > 0) void this.refresh(id);
  }

  readBy({ conversation, person, readSeq }: ReadNotice): void {
    this.#members(conversation, (member) =>
      member.person.user === person.user ? { ...member, readSeq: Math.max(readSeq, member.readSeq ?? 0) } : member,
    );
  }

  /** Asks for the row as it is now. Asked again meanwhile, it asks once more. */
  async refresh(id: string): Promise<void> {
    const running = this.#refreshing.get(id);
    if (running) {
      running.again = true;
      return;
    }
    const mine = { again: false };
    this.#refreshing.set(id, mine);
    try {
      do {
        mine.again = false;
        this.put(await this.#client.conversation(id).refresh());
      } while (mine.again);
    } catch (no) {
      // Otherwise the connection is gone for good.
      if (no instanceof ChatRefusedError && !no.retryable) this.drop(id);
    } finally {
      this.#refreshing.delete(id);
    }
  }

  #after(row: Conversation, entry: Entry): Conversation {
    const me = this.#me().user;
    switch (entry.kind) {
      case 'message': {
        const mine = entry.author.user === me;
        const lastMessage = { seq: entry.seq, author: entry.author, sentAt: entry.sentAt, text: entry.text?.slice(0, 200) };
        const counts = mine
          ? { unread: 0, mentions: 0, readSeq: entry.seq }
          : entry.seq <= row.readSeq || this.#people.blocked.has(entry.author.user)
            ? {}
            : { unread: row.unread + 1, mentions: row.mentions + Number(!!entry.mentions?.some((person) => person.user === me)) };
        return { ...row, lastMessage, hidden: false, ...counts };
      }
      case 'edited':
      case 'deleted':
        if (entry.kind === 'deleted' && entry.target > row.readSeq) void this.refresh(row.conversation);
        if (row.lastMessage?.seq !== entry.target) return row;
        return { ...row, lastMessage: { ...row.lastMessage, text: entry.kind === 'edited' ? entry.text?.slice(0, 200) : undefined } };
      case 'renamed':
        return { ...row, title: entry.title };
      case 'joined':
      case 'left':
      case 'removed':
      case 'roleChanged':
        void this.refresh(row.conversation);
        return row;
      default:
        return row;
    }
  }

  #members(id: string, change: (member: Member) => Member): void {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, members: row.members.map(change) });
  }
}
