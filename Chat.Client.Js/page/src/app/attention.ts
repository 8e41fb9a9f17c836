import { chat } from '../state/chat.svelte';

const awayAfter = 5_000;
const staleAfter = 60_000;

/** Tells the others whether somebody looks at this page, and makes good what a page missed that was out of sight or asleep. */
export function attention(): () => void {
  let hiddenAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAway = false;

  const away = (idle: boolean) => {
    if (idle === isAway) return;
    isAway = idle;
    chat.client.setPresence({ idle }).catch(() => {}); // whoever is back says so again
  };
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) {
      hiddenAt = Date.now();
      timer = setTimeout(() => away(true), awayAfter);
      return;
    }
    away(false);
    wake();
    if (Date.now() - hiddenAt > staleAfter) chat.refresh();
  };
  const wake = () => chat.client.retryNow();

  if (document.hidden) look();
  const end = new AbortController();
  document.addEventListener('visibilitychange', look, end);
  document.addEventListener('resume', wake, end);
  addEventListener('online', wake, end);
  return () => {
    clearTimeout(timer);
    end.abort();
  };
}
