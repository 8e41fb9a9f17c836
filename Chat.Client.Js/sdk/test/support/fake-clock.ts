import type { Clock } from '../../src/surroundings.js';

/** Lets everything that can go on without time go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that moves when told. */
export class FakeClock implements Clock {
  #now = 1_000;
  readonly #rings = new Map<object, { at: number; ring: () => void }>();

  now(): number {
    return this.#now;
  }

  time(): number {
    return 1_700_000_000_000 + this.#now;
  }

  after(ms: number, ring: () => void): () => void {
    const key = {};
    this.#rings.set(key, { at: this.#now + ms, ring });
    return () => this.#rings.delete(key);
  }

  /** Time passes, and each timer rings at its moment. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      const [key, { at, ring }] = next;
      this.#rings.delete(key);
      this.#now = Math.max(this.#now, at);
      ring();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  #next(end: number): [object, { at: number; ring: () => void }] | undefined {
    const due = [...this.#rings].filter(([, { at }]) => at <= end);
    return due.sort(([, one], [, other]) => one.at - other.at)[0];
  }
}
