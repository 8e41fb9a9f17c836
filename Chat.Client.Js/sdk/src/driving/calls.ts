import { type Answer, type HubMethods, type Refusal, RefusalCode } from '../contract.js';
import { ChatRefusedError } from '../errors.js';
import { backoff } from '../rules/backoff.js';
import type { Clock, Signal } from '../surroundings.js';
import { unless } from './cancelling.js';
import { LineLost } from './dial.js';
import type { Gate } from './gate.js';
import type { Link } from './link.js';

/** How often a server that is busy, or cannot reach its storage, is asked before its refusal is handed on. */
const TRIES = 5;

// Where doing it twice is not doing it once, and nothing tells the two apart.
const ONCE: ReadonlySet<keyof HubMethods> = new Set(['EndSession', 'ChangePassword', 'EditProfile', 'Announce']);

/** What a call that ended without an answer counts as: nothing is known of it. */
export const UNKNOWN: Refusal = {
  code: RefusalCode.outcomeUnknown,
  name: 'outcomeUnknown',
  text: 'Whether this was done is not known.',
  retryable: true,
};

/**
 * Calls of users to the hub. One waits for a connection that is logged in, and where that breaks before the answer, a call that may be repeated is
 * made again on the next.
 */
export class Calls {
  readonly #gate: Gate;
  readonly #random: () => number;
  readonly #clock: Clock;

  constructor(gate: Gate, random: () => number, clock: Clock) {
    this.#gate = gate;
    this.#random = random;
    this.#clock = clock;
  }

  get haveEnded(): boolean {
    return this.#gate.hasEnded;
  }

  /**
   * The answer, and the number of the connection that brought it.
   * @throws ChatRefusedError The server's refusal; `outcomeUnknown` where what may not be repeated got no answer.
   */
  async ask<M extends keyof HubMethods>(
    method: M,
    request: HubMethods[M]['request'],
    signal?: Signal,
  ): Promise<{ value: HubMethods[M]['value']; connection: number }> {
    for (let tries = 0; ; ) {
      const link = await unless(signal, this.#gate.opened);
      const answer = await unless(signal, attempt(link, method, request));
      if (answer !== undefined && answer.value !== null) return { value: answer.value, connection: link.number };

      const refusal = answer?.refusal ?? UNKNOWN;
      if (ONCE.has(method)) throw new ChatRefusedError(refusal);
      if (answer === undefined) continue;
      // Whoever reads on and on asks too often by nobody's mistake, and waits; another is told, to do something about it. The rest passes by itself.
      const isTooOften = refusal.code === RefusalCode.rateLimited;
      if (isTooOften ? method !== 'ReadTranscript' : !refusal.retryable || ++tries >= TRIES) throw new ChatRefusedError(refusal);
      await unless(signal, this.wait(backoff(refusal.retryAfterMs, tries - 1, this.#random())));
    }
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(ms, resolve);
    });
  }
}

/** Undefined where the connection was given up before the answer. */
async function attempt<M extends keyof HubMethods>(
  link: Link,
  method: M,
  request: HubMethods[M]['request'],
): Promise<Answer<HubMethods[M]['value']> | undefined> {
  try {
    return await link.ask(method, request);
  } catch (fault) {
    if (!(fault instanceof LineLost)) throw fault;
    await link.gone;
    return undefined;
  }
}
