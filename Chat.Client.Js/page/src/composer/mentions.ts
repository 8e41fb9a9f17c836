import { Limits } from 'signalrchat';

const names = /(?<![\p{L}\p{N}_])@([a-z0-9][a-z0-9._-]{1,31})/giu;

/** The user names that a text mentions; who of them is a member, the server knows. */
export function mentionsIn(text: string): string[] {
  const found = [...text.matchAll(names)].map((match) => match[1]!.toLowerCase().replace(/[._-]+$/, ''));
  return [...new Set(found)].filter((name) => name.length >= Limits.userNameMinLength).slice(0, Limits.mentions);
}

/** The word that is being written at the caret, where it begins with `@` or `:`. */
export function wordAt(text: string, caret: number): { from: number; sign: '@' | ':'; word: string } | null {
  const found = /(?:^|[\s(])([@:])([\p{L}\p{N}._+-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const word = found[2]!;
  return { from: caret - word.length - 1, sign: found[1] as '@' | ':', word: word.toLowerCase() };
}
