import { keep, kept } from './kept';

const prefix = 'chat.draft.';

/** What was typed and not sent, by conversation, over switches and reloads; gone with the log-out. */
export class Drafts {
  #memory = new Map<string, string>();

  constructor(readonly user: string) {}

  get(conversation: string): string {
    return this.#memory.get(conversation) ?? kept(this.#key(conversation)) ?? '';
  }

  set(conversation: string, text: string): void {
    this.#memory.set(conversation, text);
    keep(this.#key(conversation), text || null);
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
