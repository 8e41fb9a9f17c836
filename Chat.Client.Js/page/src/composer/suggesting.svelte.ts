import type { Conversation, Person } from 'signalrchat';
import { chat } from '../state/chat.svelte';
import type { Timeline } from '../state/timeline.svelte';
import { type Emoji, emojis } from './emoji.svelte';
import { wordAt } from './mentions';

export type Suggestion = { key: string; inserts: string } & ({ person: Person } | { emoji: Emoji });

const shown = 8;

/** What could be meant by the word at the caret: people after `@`, emoji after `:` and two letters. */
export class Suggesting {
  all = $state.raw<Suggestion[]>([]);
  at = $state(0);
  #from = 0;

  constructor(
    readonly row: () => Conversation,
    readonly timeline: () => Timeline,
  ) {}

  get open(): boolean {
    return this.all.length > 0;
  }

  get from(): number {
    return this.#from;
  }

  look(text: string, caret: number): void {
    const word = wordAt(text, caret);
    this.at = 0;
    this.#from = word?.from ?? 0;
    if (word?.sign === '@') this.all = this.#people(word.word);
    else if (word && word.word.length >= 2)
      this.all = emojis
        .find(word.word)
        .slice(0, shown)
        .map((emoji) => ({ key: emoji.emoji, inserts: `${emoji.emoji} `, emoji }));
    else this.all = [];
  }

  close(): void {
    this.all = [];
  }

  /** Whether the key was for the suggestions. */
  keydown(event: KeyboardEvent, insert: (from: number, text: string) => void): boolean {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.all.length) % this.all.length;
    else if (event.key === 'Enter' || event.key === 'Tab') {
      insert(this.#from, this.all[this.at]!.inserts);
      this.close();
    } else if (event.key === 'Escape') this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  // Members first, then whoever has spoken here: a large conference names only some of its members.
  #people(word: string): Suggestion[] {
    const people = new Map<string, Person>();
    for (const { person } of this.row().members) people.set(person.user, person);
    for (const row of this.timeline().rows) if (row.kind === 'message') people.set(row.author.user, row.author);
    people.delete(chat.me.user);
    const found = [...people.values()]
      .filter(
        (person) =>
          person.userName.startsWith(word) ||
          chat.people
            .nameOf(person)
            .toLowerCase()
            .split(/\s+/)
            .some((part) => part.startsWith(word)),
      )
      .slice(0, shown);
    // A name that is written out needs no suggestion: Enter sends.
    if (found.length === 1 && found[0]?.userName === word) return [];
    return found.map((person) => ({ key: person.user, inserts: `@${person.userName} `, person }));
  }
}
