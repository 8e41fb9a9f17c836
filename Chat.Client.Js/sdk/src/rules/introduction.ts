import { type Refusal, RefusalCode, type Session } from '../contract.js';
import type { Greeting } from './greeting.js';
import { PING_EVERY } from './liveness.js';

/** How a client says who it is: as it was told to the first time, by the proof of the session from then on. */
export class Introduction {
  #next: Greeting = { method: 'Resume', request: {} };
  #unanswered: Greeting | undefined;

  /** What to call on the next connection. */
  get next(): Greeting {
    return this.#next;
  }

  begin(greeting: Greeting): void {
    this.#next = { ...greeting, request: { heartbeatMs: PING_EVERY, ...greeting.request } } as Greeting;
  }

  /** The password is forgotten. Where the cookie is the proof, there is no token to show. */
  accepted(session: Session): void {
    const { protocol, client, heartbeatMs } = this.#next.request;
    const shown = this.#next.method === 'Resume' ? this.#next.request.token : undefined;
    this.#unanswered = undefined;
    this.#next = { method: 'Resume', request: { token: session.token ?? shown, protocol, client, heartbeatMs } };
  }

  /** The cookie holds the token from here on. */
  tokenIsKept(): void {
    if (this.#next.method === 'Resume') this.#next = { method: 'Resume', request: { ...this.#next.request, token: undefined } };
  }

  /** Whether a registration was stored is not known; registering again would find one's own name taken, so log-in finds out. */
  unanswered(): void {
    if (this.#next.method !== 'Register') return;
    const { displayName: _, ...request } = this.#next.request;
    this.#unanswered = this.#next;
    this.#next = { method: 'LogIn', request };
  }

  /** True where that log-in shows that the registration was not stored, and it can be tried again. */
  refused(refusal: Refusal): boolean {
    if (this.#unanswered === undefined || refusal.code !== RefusalCode.wrongCredentials) return false;
    this.#next = this.#unanswered;
    this.#unanswered = undefined;
    return true;
  }
}
