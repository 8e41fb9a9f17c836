import type { ChatConversation } from 'signalrchat';
import { chat } from '../state/chat.svelte';
import type { MessageRow } from '../state/rows';

export function turnReaction(conversation: string, message: MessageRow, emoji: string): void {
  const has = message.reactions.some((each) => each.emoji === emoji && each.by.some((person) => person.user === chat.me.user));
  amend(conversation, (it) => (has ? it.unreact(message.seq, emoji) : it.react(message.seq, emoji)));
}

/** Asks for a change of a message. It shows at once; where it is refused the chat takes it back, with the reason. */
export function amend(conversation: string, ask: (it: ChatConversation) => unknown): void {
  ask(chat.client.conversation(conversation));
  chat.floated(conversation);
}
