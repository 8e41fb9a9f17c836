import type { ConversationId } from '../contract.js';
import type { Emitter } from '../events.js';
import type { Feeds } from '../reading/feeds.js';
import type { Effect } from '../rules/effect.js';
import type { Outgoings } from './outgoings.js';

/** The effects that are about transcripts. */
export type TranscriptEffect = Effect & { do: 'apply' | 'applyInbox' | 'begin' | 'skip' | 'forget' | 'stored' };

/** Tells the drafts on the screen, the loops that read and the handlers what the rules say of transcripts. */
export class Telling {
  readonly #emitter: Emitter;
  readonly #feeds: Feeds;
  readonly #outgoings: Outgoings;
  readonly #list: () => void;
  readonly #held = new Map<ConversationId, number>();

  /** @param list Makes good what was before in the inbox: reads the list of conversations. */
  constructor(emitter: Emitter, feeds: Feeds, outgoings: Outgoings, list: () => void) {
    this.#emitter = emitter;
    this.#feeds = feeds;
    this.#outgoings = outgoings;
    this.#list = list;
  }

  tell(effect: TranscriptEffect): void {
    switch (effect.do) {
      case 'apply':
        this.#hold(effect.batch.conversation, effect.batch.to);
        this.#feeds.applied(effect.batch);
        return this.#emitter.tell('entries', effect.batch);
      case 'applyInbox':
        for (const entry of effect.batch.entries) this.#emitter.tell('inbox', entry);
        return;
      case 'stored': {
        const held = this.#held.get(effect.receipt.conversation);
        return this.#outgoings.stored(effect.draft, effect.receipt, held !== undefined && effect.receipt.seq <= held);
      }
      default:
        return effect.conversation === null ? this.#list() : this.#leap(effect.conversation, effect);
    }
  }

  #leap(conversation: ConversationId, effect: Effect & { do: 'begin' | 'skip' | 'forget' }): void {
    switch (effect.do) {
      case 'begin':
        this.#hold(conversation, effect.from - 1);
        return this.#emitter.tell('begun', { conversation, from: effect.from, reset: effect.reset });
      case 'skip':
        this.#hold(conversation, Math.max(effect.hole.to, this.#held.get(conversation) ?? 0));
        this.#feeds.skipped(conversation, effect.hole);
        return this.#emitter.tell('skipped', { conversation, hole: effect.hole });
      case 'forget':
        this.#hold(conversation, Number.MAX_SAFE_INTEGER);
        this.#held.delete(conversation);
        this.#feeds.forgotten(conversation);
        return this.#emitter.tell('forgotten', { conversation });
    }
  }

  // What a draft became is shown by its entry, or not at all, once that place is held.
  #hold(conversation: ConversationId, seq: number): void {
    this.#held.set(conversation, seq);
    this.#outgoings.toldTo(conversation, seq);
  }
}
