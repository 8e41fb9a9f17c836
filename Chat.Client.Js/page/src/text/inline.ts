import { linkAt } from './links';
import type { Token } from './tokens';

const special = /[`*_@hm]/g;
const name = /@[a-z0-9][a-z0-9._-]{1,31}/iy;
const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);
const isSpace = (character: string | undefined) => character === undefined || /\s/.test(character);

interface Opening {
  mark: string;
  at: number;
}

/**
 * Bold, italic, code, links and mentions. At most one opening of each mark is remembered, so that neither the depth nor the time can be
 * driven up by a text that opens a thousand of them.
 */
export function inline(text: string, mentions: ReadonlySet<string>): Token[] {
  const out: Token[] = [];
  let open: Opening[] = [];
  let written = 0;
  let at = 0;
  const lastTick = text.lastIndexOf('`');

  for (;;) {
    special.lastIndex = at;
    const found = special.exec(text);
    if (!found) break;
    at = found.index;
    const length = read(found[0]);
    at += Math.max(1, length);
  }
  say(text.length);
  return out;

  /** Adds what stands between what was written and here. */
  function say(to: number) {
    if (to > written) out.push({ kind: 'text', text: text.slice(written, to) });
    written = to;
  }

  function put(token: Token, length: number): number {
    say(at);
    out.push(token);
    written = at + length;
    return length;
  }

  function read(mark: string): number {
    if (mark === '`') return code();
    if (mark === '*' || mark === '_') return emphasis(mark);
    if (isWord(text[at - 1])) return 0;
    return mark === '@' ? mention() : link();
  }

  function code(): number {
    if (at >= lastTick) return 0;
    const end = text.indexOf('`', at + 1);
    return end === at + 1 ? 2 : put({ kind: 'code', text: text.slice(at + 1, end) }, end + 1 - at);
  }

  function mention(): number {
    name.lastIndex = at;
    let found = name.exec(text)?.[0];
    while (found && !mentions.has(found.slice(1).toLowerCase()) && /[._-]$/.test(found)) found = found.slice(0, -1);
    if (!found || !mentions.has(found.slice(1).toLowerCase())) return 0;
    return put({ kind: 'mention', userName: found.slice(1).toLowerCase(), text: found }, found.length);
  }

  function link(): number {
    const found = linkAt(text, at);
    if (!found) return 0;
    return found.href ? put({ kind: 'link', href: found.href, text: found.text }, found.text.length) : found.text.length;
  }

  function emphasis(character: string): number {
    const mark = character === '*' && text[at + 1] === '*' ? '**' : character;
    const before = text[at - 1];
    const after = text[at + mark.length];
    const opening = open.findIndex((each) => each.mark === mark);
    const inWord = character === '_' && isWord(before) && isWord(after);

    if (opening >= 0 && !isSpace(before) && !inWord && !(character === '_' && isWord(after))) {
      say(at);
      const start = open[opening]!.at;
      const children = out.splice(start + 1);
      if (children.length > 0) out[start] = { kind: mark === '**' ? 'bold' : 'italic', children };
      else out.push({ kind: 'text', text: mark });
      open = open.slice(0, opening);
      written = at + mark.length;
    } else if (!isSpace(after) && !inWord && !(character === '_' && isWord(before))) {
      open = open.filter((each) => each.mark !== mark);
      say(at);
      open.push({ mark, at: out.length });
      out.push({ kind: 'text', text: mark });
      written = at + mark.length;
    }
    return mark.length;
  }
}
