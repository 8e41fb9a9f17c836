import { chat } from '../state/chat.svelte';

const pause = 250;

/** Says how far one has read, once the eye rests; never twice the same, never backwards. */
export class Reader {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seq = 0;

  constructor(readonly conversation: string) {}

  seen(seq: number): void {
    const row = chat.conversations.get(this.conversation);
    if (!row || seq <= this.#seq || seq <= row.readSeq || (row.lastMessage?.seq ?? 0) <= row.readSeq) return;
    this.#seq = seq;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tell(seq), pause);
  }

  async #tell(seq: number): Promise<void> {
    chat.conversations.read(this.conversation, seq);
    try {
      await chat.client.conversation(this.conversation).markRead(seq);
    } catch {
      this.#seq = 0; // what is seen next says it again
    }
  }
}
