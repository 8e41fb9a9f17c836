import { ChatRefusedError } from 'signalrchat';
import { toasts } from '../design/toasts.svelte';
import { say } from '../strings';

/** Does something that the server may refuse, and says why where it does, unless nobody wants it any more. Whether it was done. */
export async function attempt(deed: () => Promise<unknown>, signal?: AbortSignal): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (no) {
    if (!signal?.aborted) toasts.problem(wordsFor(no));
    return false;
  }
}

export function wordsFor(no: unknown): string {
  return no instanceof ChatRefusedError ? no.message : say.wentWrong;
}
