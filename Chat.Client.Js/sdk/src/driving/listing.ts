import { type Conversation, type ConversationPage, Limits } from '../contract.js';
import { ChatRefusedError } from '../errors.js';
import type { Calls } from './calls.js';

const USUAL_WAIT = 1_000;

/** Who hears what is listed. */
export interface ListListener {
  /** False where the connection that the page was read over has been given up by then. */
  listed(connection: number, page: ConversationPage): boolean;
  failed(fault: unknown): void;
}

/**
 * Reads the list of conversations for the rules, which hold from then on what it shows; so that after a reconnect the first entry of a
 * conversation that was silent so far is not missed either.
 */
export class Listing {
  readonly #calls: Calls;
  readonly #listener: ListListener;
  #running: Promise<readonly Conversation[] | undefined> | undefined;

  constructor(calls: Calls, listener: ListListener) {
    this.#calls = calls;
    this.#listener = listener;
  }

  /** The whole list; undefined where it could not be read. While it is being read, whoever asks gets the same. */
  read(): Promise<readonly Conversation[] | undefined> {
    this.#running ??= this.#read().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #read(): Promise<readonly Conversation[] | undefined> {
    const rows: Conversation[] = [];
    try {
      for (let after: string | undefined; ; ) {
        const page = await this.#page(after);
        rows.push(...page.items);
        if (page.next === undefined) return rows;
        after = page.next;
      }
    } catch (fault) {
      // Events work without the list, but for what is missed while disconnected in conversations that were silent so far.
      if (!this.#calls.haveEnded) this.#listener.failed(fault);
      return undefined;
    }
  }

  async #page(after: string | undefined): Promise<ConversationPage> {
    while (true) {
      try {
        const request = { after, limit: Limits.pageOfConversations, all: true };
        const { value: page, connection } = await this.#calls.ask('ListConversations', request);

        // Whoever left hears nothing of it any more, until the inbox says otherwise.
        const present = { ...page, items: page.items.filter((row) => row.role !== undefined) };
        if (this.#listener.listed(connection, present)) return page;
      } catch (no) {
        if (!(no instanceof ChatRefusedError) || !no.retryable) throw no;
        await this.#calls.wait(no.retryAfterMs ?? USUAL_WAIT);
      }
    }
  }
}
