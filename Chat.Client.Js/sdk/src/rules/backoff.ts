const FIRST = 500;
const LONGEST = 30_000;

// More would leave a client away for a mistake of the server's.
const LONGEST_ASKED = 600_000;

/**
 * How long to wait before trying again: doubling, bounded, and different for everybody, so that clients do not come all at once. What the server
 * asked for comes first.
 * @param tries Tries that failed before this one: 0, 1, 2 …
 * @param random 0 up to but not including 1.
 */
export function backoff(askedMs: number | undefined, tries: number, random: number): number {
  if (askedMs !== undefined) return Math.min(Math.max(askedMs, 0), LONGEST_ASKED);
  return Math.min(LONGEST, FIRST * 2 ** tries) * (0.5 + random);
}
