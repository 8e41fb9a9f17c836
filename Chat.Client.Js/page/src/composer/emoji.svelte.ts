import { keep, kept } from '../state/kept';

export interface Emoji {
  emoji: string;
  names: string[];
}

const recentsKept = 16;
const key = 'chat.emoji';

/** Emoji with the names that find them, in the order of the grid: no script, but a file that comes when the page has come. */
class AllEmoji {
  all = $state.raw<Emoji[]>([]);

  /** Does nothing where they are here; where they could not be read, they are asked for again. */
  async read(): Promise<void> {
    if (this.all.length > 0) return;
    try {
      const answer = await fetch('/emoji.txt');
      if (!answer.ok) return;
      const lines = (await answer.text()).trim().split('\n');
      this.all = lines.map((line) => {
        const [emoji = '', ...names] = line.split(' ');
        return { emoji, names };
      });
    } catch {
      // Whoever wants one asks again.
    }
  }

  /** Those with a name that begins so first, then those with a name that has it somewhere. */
  find(word: string): Emoji[] {
    const wanted = word.toLowerCase();
    const found = this.all.filter((each) => each.names.some((name) => name.includes(wanted)));
    const begins = (each: Emoji) => Number(each.names.some((name) => name.startsWith(wanted)));
    return found.sort((one, other) => begins(other) - begins(one));
  }
}

export const emojis = new AllEmoji();

/** The one emoji picker of the page. */
class EmojiPicker {
  anchor = $state.raw<HTMLElement | null>(null);
  recents = $state.raw<string[]>(kept(key)?.split(' ') ?? []);
  #picked: (emoji: string) => void = () => {};

  open(anchor: HTMLElement, picked: (emoji: string) => void): void {
    this.#picked = picked;
    void emojis.read();
    this.anchor = anchor;
  }

  close(): void {
    this.anchor = null;
  }

  pick(emoji: string): void {
    this.recents = [emoji, ...this.recents.filter((each) => each !== emoji)].slice(0, recentsKept);
    keep(key, this.recents.join(' '));
    this.close();
    this.#picked(emoji);
  }
}

export const emojiPicker = new EmojiPicker();
