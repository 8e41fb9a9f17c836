import { inline } from './inline';
import type { Block } from './tokens';

const fence = '```';

/** Reads a text into blocks, in one pass and in time that grows with its length only. */
export function parse(text: string, mentions: ReadonlySet<string>): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  const lastFence = lines.findLastIndex((line) => line.startsWith(fence));
  let at = 0;

  while (at < lines.length) {
    const from = at;
    if (at < lastFence && isOpening(lines[at]!)) {
      at++;
      while (!lines[at]!.startsWith(fence)) at++;
      blocks.push({ kind: 'fence', text: lines.slice(from + 1, at).join('\n') });
      at++;
    } else if (isQuoted(lines[at]!)) {
      while (at < lines.length && isQuoted(lines[at]!)) at++;
      blocks.push({ kind: 'quote', tokens: inline(lines.slice(from, at).map(unquoted).join('\n'), mentions) });
    } else {
      while (at < lines.length && !isQuoted(lines[at]!) && !(at < lastFence && isOpening(lines[at]!))) at++;
      const tokens = inline(withoutOuterBreaks(lines.slice(from, at)), mentions);
      if (tokens.length > 0) blocks.push({ kind: 'lines', tokens });
    }
  }
  return blocks;
}

// "```js" opens a fence, "```like this``` in a sentence" does not.
const isOpening = (line: string) => line.startsWith(fence) && !line.includes('`', fence.length);
const isQuoted = (line: string) => line.startsWith('>') && (line.length === 1 || line[1] === ' ');
const unquoted = (line: string) => line.slice(2);

function withoutOuterBreaks(lines: string[]): string {
  let from = 0;
  let to = lines.length;
  while (from < to && lines[from] === '') from++;
  while (to > from && lines[to - 1] === '') to--;
  return lines.slice(from, to).join('\n');
}
