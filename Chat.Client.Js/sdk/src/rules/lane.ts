import type { Refusal } from '../contract.js';
import { backoff } from './backoff.js';
import { type Draft, idOf } from './draft.js';
import type { Effect } from './effect.js';

/** After this long without an answer a draft is sent again. */
export const ANSWER_LIMIT = 10_000;

/** The drafts of one conversation. Only the first is ever under way, so that none overtakes another. */
export class Lane {
  readonly #drafts: Draft[] = [];

  // About the first draft.
  #sentAt: number | undefined;
  #waitUntil = 0;
  #refusals = 0;

  // Numbers the tries of this lane, so that the refusal of an older one does not count.
  #attempt = 0;

  get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  /** When the first draft is to be sent, or sent again. */
  get dueAt(): number {
    return this.#sentAt === undefined ? this.#waitUntil : this.#sentAt + ANSWER_LIMIT;
  }

  has(id: string): boolean {
    return this.#drafts.some((draft) => idOf(draft) === id);
  }

  /** @param place Behind so many others; as the last where it is left out. */
  add(draft: Draft, place = this.#drafts.length): void {
    this.#drafts.splice(place, 0, draft);
  }

  send(now: number): Effect {
    this.#sentAt = now;
    return { do: 'send', draft: this.#drafts[0]!, attempt: ++this.#attempt };
  }

  /** Whoever was to answer cannot any more. */
  lose(): void {
    this.#sentAt = undefined;
  }

  /** The refused draft, if it is the one under way and this is its latest try: an older one's refusal is overtaken. */
  refused(id: string, attempt: number): Draft | undefined {
    const [first] = this.#drafts;
    return this.#sentAt !== undefined && attempt === this.#attempt && first !== undefined && idOf(first) === id ? first : undefined;
  }

  wait(now: number, refusal: Refusal, random: number): void {
    this.#sentAt = undefined;
    this.#waitUntil = now + backoff(refusal.retryAfterMs, this.#refusals++, random);
  }

  /** Takes a draft out, wherever it stands; the next goes on. */
  remove(id: string): Draft | undefined {
    const place = this.#drafts.findIndex((draft) => idOf(draft) === id);
    if (place < 0) return undefined;
    const [draft] = this.#drafts.splice(place, 1);
    if (place > 0) return draft;
    this.#sentAt = undefined;
    this.#waitUntil = 0;
    this.#refusals = 0;
    return draft;
  }
}
