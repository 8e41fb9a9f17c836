import { idOf } from '../rules/draft.js';
import type { KeptDraft, OpenOutbox, Outbox } from './outbox.js';

interface Row {
  readonly of: string;
  kept: KeptDraft;
  owner: Opened | undefined;
}

interface Opened {
  readonly of: string;
  readonly adopt: (drafts: readonly KeptDraft[]) => void;
}

/** Drafts in memory: they outlive connections and log-ins, and clients that share it, but not the program. */
export class MemoryOutbox implements Outbox {
  readonly #rows = new Map<string, Row>();
  readonly #opened = new Set<Opened>();

  async open(server: string, user: string, adopt: (drafts: readonly KeptDraft[]) => void): Promise<OpenOutbox> {
    const of = `${user} ${server}`;
    const opened: Opened = { of, adopt };
    this.#opened.add(opened);
    return {
      drafts: this.#take(opened),
      keep: async (kept) => {
        this.#rows.set(`${of} ${idOf(kept.draft)}`, { of, kept, owner: opened });
      },
      drop: async (id) => {
        this.#rows.delete(`${of} ${id}`);
      },
      close: () => this.#close(opened),
      adoptLeft: () => {},
    };
  }

  #close(opened: Opened): void {
    this.#opened.delete(opened);
    for (const row of this.#rows.values()) if (row.owner === opened) row.owner = undefined;
    const heir = [...this.#opened].find((other) => other.of === opened.of);
    const left = heir === undefined ? [] : this.#take(heir);
    if (left.length > 0) heir?.adopt(left);
  }

  #take(opened: Opened): KeptDraft[] {
    const left = [...this.#rows.values()].filter((row) => row.of === opened.of && row.owner === undefined);
    for (const row of left) row.owner = opened;
    return left.map((row) => row.kept);
  }
}
