// What a script of checks says: a line for each fact, or what was expected instead.
import { isDeepStrictEqual } from 'node:util';

export const ok = (fact) => console.log(`ok - ${fact}`);

export function expect(condition, what) {
  if (!condition) throw new Error(`expected: ${what}`);
}

export function equal(actual, expected, what) {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`${what}: expected ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}`);
}

/** A promise that is given up after a while. */
export function within(seconds, promise, what) {
  let limit;
  const late = new Promise((_, reject) => { limit = setTimeout(() => reject(new Error(`expected within ${seconds} s: ${what}`)), seconds * 1000); });
  return Promise.race([promise, late]).finally(() => clearTimeout(limit));
}

/** Runs the checks; the first that fails is told and ends the process. */
export async function run(main) {
  try {
    await main();
    process.exit(0);
  } catch (error) {
    console.error(`not ok - ${error.message}`);
    process.exit(1);
  }
}
