import type { Conversation } from 'signalrchat';
import type { Choice } from '../design/Menu.svelte';
import { chat } from '../state/chat.svelte';
import { isLobby, otherOf } from '../state/names';
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
    { icon: 'hide', text: say.hide, act: () => void hide(row) },
    row.kind === 'conference' &&
      !lobby && { icon: 'leave', text: say.leave, danger: true, act: () => dialogs.show({ kind: 'leave', row }) },
  ];
  return choices.filter((choice) => choice !== false);
}

async function hide(row: Conversation): Promise<void> {
  const hidden = await attempt(() => chat.client.conversation(row.conversation).hide());
  if (hidden && router.place.conversation === row.conversation) router.go(chat.client.session?.lobby);
}
