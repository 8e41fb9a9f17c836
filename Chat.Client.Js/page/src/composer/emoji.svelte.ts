import { emojiList } from './emojiList';

export interface Emoji {
  emoji: string;
  names: string[];
}

const recentsKept = 16;
const key = 'chat.emoji';

export const allEmoji: Emoji[] = emojiList.split('|').map((each) => {
  const [emoji, ...names] = each.split(' ');
  return { emoji: emoji!, names };
});

/** Those with a name that begins so first, then those with a name that has it somewhere. */
export function findEmoji(word: string): Emoji[] {
  const wanted = word.toLowerCase();
  const found = allEmoji.filter((each) => each.names.some((name) => name.includes(wanted)));
  const begins = (each: Emoji) => Number(each.names.some((name) => name.startsWith(wanted)));
  return found.sort((one, other) => begins(other) - begins(one));
}

/** The one emoji picker of the page. */
class EmojiPicker {
  anchor = $state.raw<HTMLElement | null>(null);
  recents = $state.raw<string[]>(read());
  #picked: (emoji: string) => void = () => {};

  open(anchor: HTMLElement, picked: (emoji: string) => void): void {
    this.#picked = picked;
    this.anchor = anchor;
  }

  close(): void {
    this.anchor = null;
  }

  pick(emoji: string): void {
    this.recents = [emoji, ...this.recents.filter((each) => each !== emoji)].slice(0, recentsKept);
    try {
      localStorage.setItem(key, this.recents.join(' '));
    } catch {
      // They are remembered until the page is closed.
    }
    this.close();
    this.#picked(emoji);
  }
}

function read(): string[] {
  try {
    return localStorage.getItem(key)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

export const emojiPicker = new EmojiPicker();
