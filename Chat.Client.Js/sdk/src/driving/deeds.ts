import type { Answer } from '../contract.js';
import { type Draft, idOf } from '../rules/draft.js';
import type { Effect } from '../rules/effect.js';
import type { Greeting } from '../rules/greeting.js';
import type { Input } from '../rules/input.js';
import { UNKNOWN } from './calls.js';
import type { Link } from './link.js';
import type { Outgoings } from './outgoings.js';

/** Asks over a connection what the rules want asked. The answer comes back as an input; where there is none, as a refusal that passes. */
export class Deeds {
  readonly #outgoings: Outgoings;
  readonly #happen: (input: Input) => void;

  constructor(outgoings: Outgoings, happen: (input: Input) => void) {
    this.#outgoings = outgoings;
    this.#happen = happen;
  }

  async greet(link: Link, { method, request }: Greeting): Promise<void> {
    this.#happen({ is: 'greeted', connection: link.number, answer: await answered(() => link.ask(method, request)) });
  }

  async resync(link: Link, { number, request }: Effect & { do: 'resync' }): Promise<void> {
    this.#happen({ is: 'resynced', connection: link.number, number, answer: await answered(() => link.ask('Resync', request)) });
  }

  async send(link: Link, draft: Draft, attempt: number): Promise<void> {
    await this.#outgoings.kept(draft);
    const answer = await answered(() => link.ask(draft.method, draft.request));
    this.#happen({ is: 'sent', connection: link.number, clientMessageId: idOf(draft), attempt, answer });
  }
}

async function answered<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await ask();
  } catch {
    return { value: null, refusal: UNKNOWN };
  }
}
