import type { Conversation } from 'signalrchat';
import { router } from '../app/router.svelte';
import { chat } from '../state/chat.svelte';
import { say } from '../strings';
import { plain } from '../text/plain';

/** One line that says where a conversation stands: what one has begun to write, else what was said last. */
export function previewOf(row: Conversation): string {
  const draft = row.conversation === router.place.conversation ? '' : chat.drafts.get(row.conversation);
  if (draft) return `${say.draft} ${draft}`;
  const last = row.lastMessage;
  if (!last) return row.kind === 'privateChat' ? say.privateChat : say.members(row.memberCount);
  const text = chat.people.blocked.has(last.author.user) ? say.fromBlocked : last.text ? plain(last.text) : say.deleted;
  if (last.author.user === chat.me.user) return `${say.byYou} ${text}`;
  return row.kind === 'privateChat' ? text : `${chat.people.nameOf(last.author)}: ${text}`;
}
