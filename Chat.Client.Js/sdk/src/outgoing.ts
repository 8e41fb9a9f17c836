import type { ClientMessageId, ConversationId, Receipt, Time } from './contract.js';
import type { ChatRefusedError } from './errors.js';
import type { Draft } from './rules/draft.js';
import { conversationOf, idOf } from './rules/draft.js';

/**
 * What becomes of an outgoing: told by the client that sends it.
 * @internal
 */
export interface Sending {
  retry(outgoing: Outgoing): void;
  discard(outgoing: Outgoing): void;
}

/**
 * A message, edit, deletion or reaction on its way: `pending` from the first moment, over lost connections and restarts of the server (and, where
 * drafts are kept, of the page), until it is `stored`, once, or `failed`, refused for good.
 */
export class Outgoing {
  /** When it was asked for, by this machine's clock. */
  readonly queuedAt: Time;
  #draft: Draft;
  #state: 'pending' | 'stored' | 'failed' = 'pending';
  #receipt: Receipt | undefined;
  #refused: ChatRefusedError | undefined;
  #done!: Promise<Receipt>;
  #settle!: { resolve(receipt: Receipt): void; reject(why: Error): void };
  readonly #sending: Sending;

  /** @internal */
  constructor(draft: Draft, queuedAt: Time, sending: Sending) {
    this.#draft = draft;
    this.queuedAt = queuedAt;
    this.#sending = sending;
    this.#begin();
  }

  /** The method of the hub it asks for, and with what. */
  get draft(): Draft {
    return this.#draft;
  }

  /** What its entry will carry, so that the two are known as one. */
  get clientMessageId(): ClientMessageId {
    return idOf(this.draft);
  }

  get conversation(): ConversationId {
    return conversationOf(this.draft);
  }

  get state(): 'pending' | 'stored' | 'failed' {
    return this.#state;
  }

  /** Where it is, once it is stored. */
  get receipt(): Receipt | undefined {
    return this.#receipt;
  }

  /** Why it failed. */
  get refused(): ChatRefusedError | undefined {
    return this.#refused;
  }

  /**
   * Kept when it is stored. Broken with a {@link ChatRefusedError} when it fails, and with a `ChatDisposedError` when it is discarded or the
   * client ends before. Need not be listened to.
   */
  get done(): Promise<Receipt> {
    return this.#done;
  }

  /** Sends what failed once more, with the same id; {@link done} is a new promise then. Does nothing otherwise. */
  retry(): void {
    if (this.#state === 'failed') this.#sending.retry(this);
  }

  /** Gives up what is not stored. One that is just under way may be stored all the same. */
  discard(): void {
    if (this.#state !== 'stored') this.#sending.discard(this);
  }

  /**
   * With the history it was made in: tried again later, it may name a seq of another.
   * @internal
   */
  keep(draft: Draft): void {
    this.#draft = draft;
  }

  /** @internal */
  again(): void {
    this.#state = 'pending';
    this.#refused = undefined;
    this.#begin();
  }

  /** @internal */
  stored(receipt: Receipt): void {
    this.#state = 'stored';
    this.#receipt = receipt;
    this.#settle.resolve(receipt);
  }

  /** @internal */
  failed(refused: ChatRefusedError): void {
    this.#state = 'failed';
    this.#refused = refused;
    this.#settle.reject(refused);
  }

  /** @internal */
  left(why: Error): void {
    this.#settle.reject(why);
  }

  #begin(): void {
    this.#done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#done.catch(() => {}); // whoever waits is told; nobody has to
  }
}
