/**
 * Events come as fast as people write; a screen shows sixty pictures a second. What comes in between waits for the next one. A hidden page has
 * no pictures: there it waits a moment.
 */
export class Frames {
  #waiting: (() => void)[] = [];
  #asked = false;

  constructor() {
    // The picture that was waited for does not come any more where the page is hidden before it.
    document.addEventListener('visibilitychange', () => this.flush());
  }

  next(deed: () => void): void {
    this.#waiting.push(deed);
    if (this.#asked) return;
    this.#asked = true;
    if (document.hidden) setTimeout(() => this.flush(), 50);
    else requestAnimationFrame(() => this.flush());
  }

  flush(): void {
    this.#asked = false;
    const now = this.#waiting;
    this.#waiting = [];
    for (const deed of now) deed();
  }
}
