import type { Link } from './link.js';

/** Where calls wait for a connection that is logged in. */
export class Gate {
  #open!: Promise<Link>;
  #settle!: { resolve(link: Link): void; reject(why: Error): void };
  #isOpen = false;
  #hasEnded = false;

  constructor() {
    this.#begin();
  }

  /** The present connection, as soon as there is one; broken for good once the client has ended. */
  get opened(): Promise<Link> {
    return this.#open;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  open(link: Link): void {
    this.#isOpen = true;
    this.#settle.resolve(link);
  }

  close(): void {
    if (this.#isOpen && !this.#hasEnded) this.#begin();
  }

  end(why: Error): void {
    if (this.#isOpen) this.#begin();
    this.#hasEnded = true;
    this.#settle.reject(why);
  }

  #begin(): void {
    this.#isOpen = false;
    this.#open = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#open.catch(() => {}); // nobody may be waiting
  }
}
