import { ChatRefusedError } from 'signalrchat';
import { toasts } from '../design/toasts.svelte';
import { say } from '../strings';

/** Does something that the server may refuse, and says why where it does. Whether it was done. */
export async function attempt(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (no) {
    toasts.problem(wordsFor(no));
    return false;
  }
}

export function wordsFor(no: unknown): string {
  return no instanceof ChatRefusedError ? no.message : say.wentWrong;
}
