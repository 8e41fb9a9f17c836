const run = /(?:https?:\/\/|mailto:)[^\s<>"`]+/iy;
const schemes = new Set(['http:', 'https:', 'mailto:']);
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** The link that begins here: its text, and its address where it has one that may be followed. */
export function linkAt(text: string, at: number): { text: string; href: string | null } | null {
  run.lastIndex = at;
  const found = run.exec(text)?.[0];
  if (!found) return null;
  const shown = withoutTail(found);
  const url = URL.canParse(shown) ? new URL(shown) : null;
  return { text: shown, href: url && schemes.has(url.protocol) && (url.host || url.pathname.includes('@')) ? url.href : null };
}

/** What ends the sentence does not belong to the link, nor does a bracket that was opened before it. */
function withoutTail(link: string): string {
  const surplus: Record<string, number> = {};
  for (const character of link) {
    if (character in closers) surplus[character] = (surplus[character] ?? 0) + 1;
    else for (const closer in closers) if (closers[closer] === character) surplus[closer] = (surplus[closer] ?? 0) - 1;
  }
  let end = link.length;
  while (end > 0) {
    const last = link[end - 1]!;
    if (last in closers && surplus[last]! > 0) surplus[last]!--;
    else if (!/[.,;:!?'*_]/.test(last)) break;
    end--;
  }
  return link.slice(0, end);
}
