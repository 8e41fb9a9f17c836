import { parse } from './parse';
import type { Token } from './tokens';

/** A text as one line without its marks; what it quotes is left out where it says something of its own. */
export function plain(text: string): string {
  const blocks = parse(text, new Set());
  const own = blocks.filter((block) => block.kind !== 'quote');
  return (own.length > 0 ? own : blocks)
    .map((block) => (block.kind === 'fence' ? block.text : block.tokens.map(wordsOf).join('')))
    .join(' ')
    .replaceAll('\n', ' ');
}

function wordsOf(token: Token): string {
  return 'children' in token ? token.children.map(wordsOf).join('') : token.text;
}
