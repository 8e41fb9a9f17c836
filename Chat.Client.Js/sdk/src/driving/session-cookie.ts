import type { Settings } from '../settings.js';

const TRIES = 5;
const PAUSE = 1_000;

/** The proof of a session where script cannot read it. */
export class SessionCookie {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Hands the token over; tries a few times. */
  async take(token: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      const fault = await this.#ask('POST', { Authorization: `Bearer ${token}` });
      if (fault === undefined) return;
      if (tries === TRIES) throw fault;
      await new Promise<void>((resolve) => void this.#settings.clock.after(PAUSE, resolve));
    }
  }

  async forget(): Promise<void> {
    const fault = await this.#ask('DELETE', {});
    if (fault !== undefined) throw fault;
  }

  async #ask(method: string, headers: Record<string, string>): Promise<Error | undefined> {
    try {
      const answer = await this.#settings.fetch(`${this.#settings.server}/session`, { method, headers, credentials: 'include' });
      return answer.ok ? undefined : new Error(`${method} /session was answered with ${answer.status}.`);
    } catch (fault) {
      return fault instanceof Error ? fault : new Error(String(fault));
    }
  }
}
