import type { Conversation } from 'signalrchat';
import type { Choice } from '../design/Menu.svelte';
import { chat } from '../state/chat.svelte';
import { isLobby, otherOf, titleOf } from '../state/names';
import { say } from '../strings';
import { attempt } from './attempt';
import { dialogs } from './dialogs.svelte';
import { router } from './router.svelte';

/** What can be done with a conversation as a whole. */
export function choicesFor(row: Conversation): Choice[] {
  const conversation = chat.client.conversation(row.conversation);
  const lobby = isLobby(row);
  const choices: (Choice | false)[] = [
    !lobby &&
      (row.kind === 'conference' || !!otherOf(row)) && { icon: 'add', text: say.invite, act: () => dialogs.show({ kind: 'invite', row }) },
    row.kind === 'conference' &&
      row.role === 'owner' && { icon: 'edit', text: say.rename, act: () => dialogs.show({ kind: 'rename', row }) },
    { icon: 'pin', text: row.pinned ? say.unpin : say.pin, act: () => void attempt(() => conversation.pin(!row.pinned)) },
    {
      icon: row.muted ? 'bell' : 'bellOff',
      text: row.muted ? say.unmute : say.mute,
      act: () => void attempt(() => conversation.mute(!row.muted)),
    },
    { icon: 'hide', text: say.hide, act: () => void away(row, () => conversation.hide()) },
    row.kind === 'conference' && !lobby && { icon: 'leave', text: say.leave, danger: true, act: () => askToLeave(row) },
  ];
  return choices.filter((choice) => choice !== false);
}

function askToLeave(row: Conversation): void {
  const act = () => void away(row, () => chat.client.conversation(row.conversation).leave());
  dialogs.show({ kind: 'confirm', title: say.leaveTitle(titleOf(row)), text: say.leaveText, deed: say.leave, act });
}

/** Goes to where one always is, once what is done here leaves nothing to be seen. */
async function away(row: Conversation, deed: () => Promise<unknown>): Promise<void> {
  if ((await attempt(deed)) && router.place.conversation === row.conversation) router.go(chat.client.session?.lobby);
}
