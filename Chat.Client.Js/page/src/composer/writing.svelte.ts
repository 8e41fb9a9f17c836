import { chat } from '../state/chat.svelte';
import type { MessageRow } from '../state/rows';

/** What is being written in a conversation: a new message, an answer, or another text for an old one. */
export class Writing {
  text = $state('');
  answered = $state.raw<MessageRow | null>(null);
  edited = $state.raw<MessageRow | null>(null);
  /** Given by what shows the messages and what has the field. */
  sent: () => void = () => {};
  goTo: (seq: number) => void = () => {};
  focus: () => void = () => {};

  constructor(readonly conversation: string) {
    this.text = chat.drafts.get(conversation);
  }

  reply(message: MessageRow): void {
    this.cancel();
    this.answered = message;
    this.focus();
  }

  edit(message: MessageRow): void {
    this.answered = null;
    this.edited = message;
    this.text = message.text;
    this.focus();
  }

  /** Whether there was something to cancel. */
  cancel(): boolean {
    const had = this.answered !== null || this.edited !== null;
    if (this.edited) this.text = chat.drafts.get(this.conversation);
    this.answered = null;
    this.edited = null;
    return had;
  }

  keep(): void {
    if (!this.edited) chat.drafts.set(this.conversation, this.text);
  }

  clear(): void {
    this.answered = null;
    this.edited = null;
    this.text = '';
    chat.drafts.set(this.conversation, '');
  }
}
