import type { ConversationId, EntryBatch, Hole } from '../contract.js';
import { RefusalCode } from '../contract.js';
import { ChatRefusedError } from '../errors.js';
import type { Follower } from './follower.js';

/** Hands what the rules apply to the loops that read it. */
export class Feeds {
  readonly #followers = new Set<Follower>();

  add(follower: Follower): void {
    this.#followers.add(follower);
  }

  remove(follower: Follower): void {
    this.#followers.delete(follower);
  }

  applied(batch: EntryBatch): void {
    for (const follower of this.#of(batch.conversation)) follower.offer(batch);
  }

  skipped(conversation: ConversationId, hole: Hole): void {
    for (const follower of this.#of(conversation)) follower.hear(hole.to);
  }

  forgotten(conversation: ConversationId): void {
    const text = 'There is no such conversation, or you are not in it.';
    const why = new ChatRefusedError({ code: RefusalCode.noSuchConversation, name: 'noSuchConversation', text, retryable: false });
    for (const follower of this.#of(conversation)) follower.end(why);
  }

  /** Nothing more will come. */
  end(why: Error): void {
    for (const follower of this.#followers) follower.end(why);
  }

  #of(conversation: ConversationId): Follower[] {
    return [...this.#followers].filter((follower) => follower.conversation === conversation);
  }
}
