import type { Conversation, Person } from 'signalrchat';
import { say } from '../strings';
import { chat } from './chat.svelte';

export const isLobby = (row: Pick<Conversation, 'conversation'>) => row.conversation === chat.client.session?.lobby;

/** The other one of a private chat; undefined of a notebook. */
export function otherOf(row: Conversation): Person | undefined {
  return row.kind === 'privateChat' ? row.members.find((member) => member.person.user !== chat.me.user)?.person : undefined;
}

/** What a conversation is called, where nobody gave it a title by who is in it. */
export function titleOf(row: Conversation): string {
  if (isLobby(row)) return row.title ?? say.lobby;
  if (row.kind === 'privateChat') {
    const other = otherOf(row);
    return other ? chat.people.nameOf(other) : say.notebook;
  }
  if (row.title) return row.title;
  if (row.name) return `#${row.name}`;
  const others = row.members.filter((member) => member.person.user !== chat.me.user).map((member) => chat.people.nameOf(member.person));
  if (others.length === 0) return say.onlyYou;
  const unnamed = row.memberCount - 1 - Math.min(3, others.length);
  return say.list([...others.slice(0, 3), ...(unnamed > 0 ? [say.more(unnamed)] : [])]);
}
