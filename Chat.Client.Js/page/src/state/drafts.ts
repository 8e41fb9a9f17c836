const prefix = 'chat.draft.';

/** What was typed and not sent, by conversation, over switches and reloads; gone with the log-out. */
export class Drafts {
  #memory = new Map<string, string>();

  constructor(readonly user: string) {}

  get(conversation: string): string {
    try {
      return localStorage.getItem(this.#key(conversation)) ?? '';
    } catch {
      return this.#memory.get(conversation) ?? '';
    }
  }

  set(conversation: string, text: string): void {
    try {
      if (text) localStorage.setItem(this.#key(conversation), text);
      else localStorage.removeItem(this.#key(conversation));
    } catch {
      this.#memory.set(conversation, text);
    }
  }

  clear(): void {
    this.#memory.clear();
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
    } catch {
      // There is nothing to take away where nothing could be kept.
    }
  }

  #key(conversation: string): string {
    return `${prefix}${this.user}.${conversation}`;
  }
}
