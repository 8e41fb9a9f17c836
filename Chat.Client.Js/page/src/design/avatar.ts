const hues = [12, 38, 62, 88, 118, 150, 178, 205, 238, 268, 300, 335];

/** A colour that a person or a conversation keeps, everywhere and on every device. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return hues[(hash >>> 0) % hues.length]!;
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letters of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  const initials = chosen.map((word) => firstOf(word.replace(/^[^\p{L}\p{N}]+/u, ''))).join('');
  return (initials || firstOf(name) || '?').toLocaleUpperCase();
}

function firstOf(word: string): string {
  for (const { segment } of letters.segment(word)) return segment.slice(0, 8);
  return '';
}
