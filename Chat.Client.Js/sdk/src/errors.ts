import type { Refusal, RefusalCode, SessionEndReason } from './contract.js';

/**
 * The server understood, said no, and changed nothing; the connection stays as it is. Ask which no it was by name:
 * `if (no instanceof ChatRefusedError && no.is('noSuchUser'))`. What is too large for any server to read is refused by the client, in the same words.
 */
export class ChatRefusedError extends Error {
  /** Stable, like {@link code}: `noSuchUser`. */
  override readonly name: string;

  /** Stable: codes are added, never renumbered. */
  readonly code: number;

  /** The field of the request that it is about, as its path on the wire; undefined where it is about the whole. */
  readonly field: string | undefined;

  /** Whether the same, tried again later, may be accepted. */
  readonly retryable: boolean;

  /** Milliseconds to wait before that; undefined where the server did not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    /** The refusal as the server wrote it. */
    readonly refusal: Refusal,
    /** Where a session ended: why, if the server said so. */
    readonly ended?: SessionEndReason | undefined,
  ) {
    super(refusal.text);
    this.name = refusal.name;
    this.code = refusal.code;
    this.field = refusal.field;
    this.retryable = refusal.retryable;
    this.retryAfterMs = refusal.retryAfterMs;
  }

  is(name: keyof typeof RefusalCode): boolean {
    return this.refusal.name === name;
  }
}

/** The client was disposed or logged out, or the draft discarded, before this was answered. */
export class ChatDisposedError extends Error {
  override readonly name = 'ChatDisposedError';
}
