import type { Refusal, Time, UserId } from '../contract.js';
import type { Draft } from '../rules/draft.js';

/** A draft as it is kept: until it is stored, or failed and was discarded. */
export interface KeptDraft {
  readonly draft: Draft;

  /** By this machine's clock. */
  readonly queuedAt: Time;

  /** Why the server refused it for good. */
  readonly failed?: Refusal | undefined;
}

/** Where drafts wait, perhaps over the end of a page or program, until they are known to be stored. */
export interface Outbox {
  /**
   * The drafts of one user of one server, in the order they were queued.
   * @param adopt Is handed those that another client of the user left behind later: a tab that was closed, say.
   */
  open(server: string, user: UserId, adopt: (drafts: readonly KeptDraft[]) => void): Promise<OpenOutbox>;
}

export interface OpenOutbox {
  /** Those that no other running client looks after. */
  readonly drafts: readonly KeptDraft[];

  /** Keeps a draft, or what became of it. It is safe once the promise is kept. */
  keep(draft: KeptDraft): Promise<void>;

  /** It is stored, or was discarded. */
  drop(clientMessageId: string): Promise<void>;

  /** Looks whether another client left drafts behind meanwhile. Called after each reconnect; those found are handed to `adopt`. */
  adoptLeft(): void;

  /** Leaves what is in it to the next client. */
  close(): void;
}
