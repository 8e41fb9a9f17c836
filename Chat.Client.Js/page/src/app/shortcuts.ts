import { chat } from '../state/chat.svelte';
import { dialogs } from './dialogs.svelte';
import { router } from './router.svelte';

/** The keys that work wherever one is. */
export function shortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    dialogs.show({ kind: 'switcher' });
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && !dialogs.open) {
    event.preventDefault();
    step(event.key === 'ArrowDown' ? 1 : -1, event.shiftKey);
  } else if (event.key === '?' && !dialogs.open && !isWriting(event.target)) {
    event.preventDefault();
    dialogs.show({ kind: 'shortcuts' });
  }
}

function step(by: 1 | -1, unreadOnly: boolean): void {
  const all = chat.conversations.listed;
  const at = all.findIndex((row) => row.conversation === router.place.conversation);
  for (let next = at + by; next >= 0 && next < all.length; next += by) {
    const row = all[next]!;
    if (unreadOnly && row.unread === 0) continue;
    router.go(row.conversation);
    return;
  }
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
