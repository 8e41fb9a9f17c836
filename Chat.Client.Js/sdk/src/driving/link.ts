import type { Answer, HubEvents, HubMethods } from '../contract.js';
import { SILENCE_LIMIT } from '../rules/liveness.js';
import { tooLarge } from '../rules/too-large.js';
import type { Clock } from '../surroundings.js';
import { type Dial, type Line, LineLost, type Listener } from './dial.js';

/** Who hears of a connection, by its number. */
export interface LinkListener {
  connected(link: Link): void;
  told<E extends keyof HubEvents>(link: Link, event: E, argument: HubEvents[E]): void;
  lost(link: Link): void;
}

/** One connection as the client knows it: by its number, with what is known of its life. */
export class Link implements Listener {
  readonly #dial: Dial;
  readonly #listener: LinkListener;
  readonly #clock: Clock;
  readonly #unanswered = new Set<() => void>();
  #line: Line | undefined;
  #leave!: () => void;
  #heardAt: number;

  /** Kept when the client has given the connection up, and nobody is let through to it any more. */
  readonly gone: Promise<void>;

  /** Why it could not be made, or ended, as far as is known. */
  fault: Error | undefined;

  constructor(
    readonly number: number,
    dial: Dial,
    listener: LinkListener,
    clock: Clock,
  ) {
    this.#dial = dial;
    this.#listener = listener;
    this.#clock = clock;
    this.#heardAt = clock.now();
    this.gone = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  /** When a server that goes on saying nothing is dead. */
  get deadAt(): number {
    return this.#heardAt + SILENCE_LIMIT;
  }

  async open(): Promise<void> {
    try {
      this.#line = this.#dial(this);
      await this.#line.open();
      this.heard();
      this.#listener.connected(this);
    } catch (fault) {
      this.lost(fault instanceof Error ? fault : new Error(String(fault)));
    }
  }

  /** @throws LineLost Also where the connection was dropped meanwhile. */
  ask<M extends keyof HubMethods>(method: M, request: HubMethods[M]['request']): Promise<Answer<HubMethods[M]['value']>> {
    const refusal = tooLarge(request);
    if (refusal !== undefined) return Promise.resolve({ value: null, refusal });
    return new Promise((resolve, reject) => {
      const give = () => reject(new LineLost('The connection was given up.'));
      this.#unanswered.add(give);
      this.#line!.ask(method, request)
        .then(resolve, reject)
        .finally(() => this.#unanswered.delete(give));
    });
  }

  drop(): void {
    this.#leave();
    for (const give of this.#unanswered) give();
    this.#line?.drop();
  }

  told<E extends keyof HubEvents>(event: E, argument: HubEvents[E]): void {
    this.#listener.told(this, event, argument);
  }

  heard(): void {
    this.#heardAt = this.#clock.now();
  }

  lost(fault: Error | undefined): void {
    this.fault ??= fault;
    this.#listener.lost(this);
  }
}
