import { globals } from '../surroundings.js';
import type { KeptDraft } from './outbox.js';

// The little of IndexedDB that is needed, by shape.
interface Request<T> {
  readonly result: T;
  readonly error: Error | null;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
  onupgradeneeded?: (() => void) | null;
  onblocked?: (() => void) | null;
}
interface Store {
  put(row: Row): unknown;
  delete(key: Key): unknown;
  getAll(): Request<Row[]>;
}
interface Transaction {
  readonly error: Error | null;
  objectStore(name: string): Store;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
}
interface Db {
  createObjectStore(name: string, options: { keyPath: string[] }): unknown;
  transaction(name: string, mode: 'readwrite'): Transaction;
  close(): void;
  onversionchange: (() => void) | null;
}
/** What `indexedDB` is. */
export interface IndexedDb {
  open(name: string, version: number): Request<Db>;
}

type Key = readonly [server: string, user: string, id: string];

/** A draft of any user, with the client that looks after it. */
export interface Row {
  readonly server: string;
  readonly user: string;
  readonly id: string;
  readonly owner: string;

  /** Orders those that were queued in the same millisecond. */
  readonly place: number;
  readonly kept: KeptDraft;
}

const NAME = 'signalrchat';
const STORE = 'drafts';

/** A browser that is asked for longer than this will not answer. */
const OPEN_LIMIT = 5_000;

/** The drafts of all users of this browser, as rows of one store. */
export class DraftsDatabase {
  readonly #db: Db;

  private constructor(db: Db) {
    this.#db = db;
    db.onversionchange = () => db.close();
  }

  static open(indexedDb: IndexedDb): Promise<DraftsDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDb.open(NAME, 1);
      const limit = globals.setTimeout(() => reject(new Error('IndexedDB does not answer.')), OPEN_LIMIT);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ['server', 'user', 'id'] });
      request.onsuccess = () => {
        globals.clearTimeout(limit);
        resolve(new DraftsDatabase(request.result));
      };
      request.onerror = () => {
        globals.clearTimeout(limit);
        reject(request.error ?? new Error('IndexedDB cannot be opened.'));
      };
    });
  }

  put(row: Row): Promise<void> {
    return this.#change((store) => store.put(row));
  }

  delete(key: Key): Promise<void> {
    return this.#change((store) => store.delete(key));
  }

  /** Makes those rows an owner's that the condition chooses, all in one; and answers them in the order queued. */
  async claim(owner: string, condition: (row: Row) => boolean): Promise<Row[]> {
    let claimed: Row[] = [];
    await this.#change((store) => {
      const all = store.getAll();
      all.onsuccess = () => {
        claimed = all.result.filter(condition);
        for (const row of claimed) store.put({ ...row, owner });
      };
    });
    return claimed.sort((one, other) => one.kept.queuedAt - other.kept.queuedAt || one.place - other.place);
  }

  close(): void {
    this.#db.close();
  }

  #change(deed: (store: Store) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction(STORE, 'readwrite');
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused to keep a draft.'));
      deed(transaction.objectStore(STORE));
    });
  }
}
