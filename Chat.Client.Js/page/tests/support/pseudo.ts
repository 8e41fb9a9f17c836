import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** The program of the page with every word of the catalogue in brackets, written from right to left: what is not in brackets is in no catalogue. */
export async function pseudoProgram(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-pseudo-'));
  await build({
    root,
    logLevel: 'error',
    build: { outDir: folder },
    plugins: [{ name: 'pseudo', enforce: 'pre', load: (id) => (id.endsWith('/strings/index.ts') ? catalogue : null) }],
  });
  const program = readFileSync(join(folder, 'app.js'), 'utf8');
  rmSync(folder, { recursive: true });
  return program;
}

const catalogue = `
import { en } from './en';
const told = (word) =>
  typeof word === 'string' ? '⟦' + word + '⟧'
  : typeof word === 'function' ? (...given) => told(word(...given))
  : Object.fromEntries(Object.entries(word).map(([key, each]) => [key, told(each)]));
export const say = { ...told(en), language: 'en', direction: 'rtl' };
`;

/** What can be read on the page, shown or said, that is neither in brackets nor somebody's own word. */
export function bareWords(own: string[]): string[] {
  const read: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
  for (let at = walker.nextNode() as Element | null; at; at = walker.nextNode() as Element | null) {
    if (at.closest('[aria-hidden=true], script, noscript, style, kbd, time, svg')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) read.push(at.getAttribute(name) ?? '');
    if (![...at.children].some((child) => child.textContent)) read.push(at.textContent ?? '');
    else for (const child of at.childNodes) if (child.nodeType === Node.TEXT_NODE) read.push(child.textContent ?? '');
  }
  const bare = (text: string) => {
    let rest = own.reduce((left, word) => left.replaceAll(word, ''), text);
    for (let before = ''; before !== rest; ) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
    }
    // Times are words of the browser, not of the page.
    return /\p{L}/u.test(rest.replace(/^\w+day, \d+ \w+ \d+ at [\d:]+$/, ''));
  };
  return [...new Set(read.map((text) => text.trim()).filter(bare))];
}
