import { type Refusal, RefusalCode } from '../contract.js';
import { backoff } from './backoff.js';
import { SILENCE_LIMIT } from './liveness.js';

/** A connection that was live for this long was a good one: the next loss is the first of a new row. */
const GOOD_AFTER = 10_000;

/** A connection that is not made in this time is tried anew. */
export const CONNECT_LIMIT = SILENCE_LIMIT;

/** Log-ins may queue at a busy server; it closes a connection that has not logged in after 30 s. */
export const GREETING_LIMIT = 30_000;

/** A call was refused for who asked, not for what: it stays to be done, on the next connection or by the next session. */
export const isAboutTheSession = (refusal: Refusal): boolean =>
  refusal.code === RefusalCode.sessionEnded || refusal.code === RefusalCode.notLoggedIn;

/** When to try again once a connection is lost, or could not be made. */
export class Reconnection {
  readonly #random: () => number;
  #tries = 0;
  #askedMs: number | undefined;
  #liveSince: number | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  live(now: number): void {
    this.#liveSince = now;
  }

  /** The server said when to come back; that comes before our own reckoning, for one try. */
  asked(afterMs: number | undefined): void {
    this.#askedMs = afterMs;
  }

  /** The time of the next try. */
  lost(now: number): number {
    if (this.#liveSince !== undefined && now - this.#liveSince >= GOOD_AFTER) this.#tries = 0;
    const delay = backoff(this.#askedMs, this.#tries, this.#random());
    if (this.#askedMs === undefined) this.#tries++;
    this.#askedMs = undefined;
    this.#liveSince = undefined;
    return now + delay;
  }
}
