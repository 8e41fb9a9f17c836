import type { Signal } from '../surroundings.js';

/** The promise, or the reason of the signal, whichever comes first. */
export function unless<T>(signal: Signal | undefined, promise: Promise<T>): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

export const reasonOf = (signal: Signal): unknown => signal.reason ?? new Error('This was cancelled.');
