import { newId } from '../ids.js';
import { idOf } from '../rules/draft.js';
import { globals, type Locks, systemClock } from '../surroundings.js';
import { DraftsDatabase, type IndexedDb, type Row } from './drafts-database.js';
import type { KeptDraft, OpenOutbox, Outbox } from './outbox.js';

/**
 * Drafts in the browser's IndexedDB: a page that was reloaded, or opened again, goes on sending them. Several tabs look after their own drafts, and
 * after those of tabs that were closed; they know of each other by the Web Locks that each holds. Where there are none, two tabs may send the same
 * draft: that is stored once all the same.
 */
export class IndexedDbOutbox implements Outbox {
  readonly #indexedDb: IndexedDb | undefined;
  readonly #locks: Locks | undefined;

  /** @param surroundings Those of the page unless said otherwise. */
  constructor(
    surroundings: { indexedDB?: unknown; locks?: Locks | undefined } = { indexedDB: globals.indexedDB, locks: globals.navigator?.locks },
  ) {
    this.#indexedDb = surroundings.indexedDB as IndexedDb | undefined;
    this.#locks = surroundings.locks;
  }

  async open(server: string, user: string, adopt: (drafts: readonly KeptDraft[]) => void): Promise<OpenOutbox> {
    if (this.#indexedDb === undefined) throw new Error('There is no IndexedDB here.');
    const tab = new Tab(await DraftsDatabase.open(this.#indexedDb), this.#locks, server, user, adopt);
    await tab.begin();
    return tab;
  }
}

const lockOf = (owner: string): string => `signalrchat/${owner}`;

/** The outbox of one client in one tab. */
class Tab implements OpenOutbox {
  readonly #database: DraftsDatabase;
  readonly #locks: Locks | undefined;
  readonly #server: string;
  readonly #user: string;
  readonly #adopt: (drafts: readonly KeptDraft[]) => void;
  readonly #owner = newId(systemClock);
  readonly #watched = new Set<string>();
  #release = () => {};
  #isClosed = false;
  #place = 0;
  #drafts: readonly KeptDraft[] = [];

  constructor(
    database: DraftsDatabase,
    locks: Locks | undefined,
    server: string,
    user: string,
    adopt: (drafts: readonly KeptDraft[]) => void,
  ) {
    this.#database = database;
    this.#locks = locks;
    this.#server = server;
    this.#user = user;
    this.#adopt = adopt;
  }

  get drafts(): readonly KeptDraft[] {
    return this.#drafts;
  }

  async begin(): Promise<void> {
    const locks = this.#locks;
    if (locks !== undefined) await this.#hold(locks);
    this.#drafts = await this.#claim();
  }

  keep(kept: KeptDraft): Promise<void> {
    const [server, user, owner] = [this.#server, this.#user, this.#owner];
    return this.#database.put({ server, user, id: idOf(kept.draft), owner, place: this.#place++, kept });
  }

  drop(id: string): Promise<void> {
    return this.#database.delete([this.#server, this.#user, id]);
  }

  adoptLeft(): void {
    // Without locks nobody knows whose tab is still there.
    if (this.#locks !== undefined) void this.#look();
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
    this.#database.close();
  }

  // As long as the lock is held, others know that this tab is there.
  #hold(locks: Locks): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    return new Promise((resolve, reject) => {
      const held = () => {
        resolve();
        return closed;
      };
      locks.request(lockOf(this.#owner), {}, held).catch(reject);
    });
  }

  async #look(): Promise<void> {
    try {
      const left = this.#isClosed ? [] : await this.#claim();
      if (left.length > 0) this.#adopt(left);
    } catch {
      // Whoever opens the outbox next looks again.
    }
  }

  async #claim(): Promise<KeptDraft[]> {
    const held = (await this.#locks?.query())?.held ?? [];
    const present = new Set(held.map((lock) => lock.name));
    const others = new Set<string>();
    const rows = await this.#database.claim(this.#owner, (row: Row) => {
      if (row.server !== this.#server || row.user !== this.#user || row.owner === this.#owner) return false;
      if (present.has(lockOf(row.owner))) others.add(row.owner);
      return !others.has(row.owner);
    });
    for (const other of others) this.#watch(other);
    return rows.map((row) => row.kept);
  }

  // Another tab's lock is to be had when that tab is gone.
  #watch(other: string): void {
    if (this.#watched.has(other)) return;
    this.#watched.add(other);
    this.#locks
      ?.request(lockOf(other), {}, async () => {})
      .then(() => this.#look())
      .catch(() => {});
  }
}
