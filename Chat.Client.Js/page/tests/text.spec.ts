import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en } from '../src/strings/en';
import { inline } from '../src/text/inline';
import { parse } from '../src/text/parse';
import { plain } from '../src/text/plain';
import type { Token } from '../src/text/tokens';
import { expect, test } from './support/test';

const nobody = new Set<string>();

/** What a text became, as it would be written in another language of marks. */
function shown(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if (token.kind === 'text') return token.text;
      if (token.kind === 'bold' || token.kind === 'italic') return `<${token.kind}>${shown(token.children)}</${token.kind}>`;
      if (token.kind === 'link') return `<link ${token.href}>${token.text}</link>`;
      return `<${token.kind}>${token.text}</${token.kind}>`;
    })
    .join('');
}

const cases: [written: string, read: string][] = [
  ['**bold** and *italic* and _italic_', '<bold>bold</bold> and <italic>italic</italic> and <italic>italic</italic>'],
  ['**bold with *italic* in it**', '<bold>bold with <italic>italic</italic> in it</bold>'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['`**code**`', '<code>**code**</code>'],
  ['a ` alone', 'a ` alone'],
  ['see https://example.com/a(b).', 'see <link https://example.com/a(b)>https://example.com/a(b)</link>.'],
  ['(http://example.com)', '(<link http://example.com/>http://example.com</link>)'],
  ['mailto:ann@example.com', '<link mailto:ann@example.com>mailto:ann@example.com</link>'],
  ['javascript:alert(1) data:text/html,x vbscript:x', 'javascript:alert(1) data:text/html,x vbscript:x'],
  ['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
  ['xhttps://example.com', 'xhttps://example.com'],
  ['https://', 'https://'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['@ann, hello @bob.', '<mention>@ann</mention>, hello @bob.'],
  ['mail@ann', 'mail@ann'],
  ['****', '****'],
  ['**', '**'],
];

for (const [written, read] of cases)
  test(`${written} is read as ${read}`, () => {
    expect(shown(inline(written, new Set(['ann'])))).toBe(read);
  });

test('quotes and fences are blocks, and a fence without an end is none', () => {
  expect(parse('> said\n> twice\nanswered', nobody).map((block) => block.kind)).toEqual(['quote', 'lines']);
  expect(parse('```js\nlet a = "`";\n```\nafter', nobody)).toMatchObject([{ kind: 'fence', text: 'let a = "`";' }, { kind: 'lines' }]);
  expect(parse('```\nnever closed', nobody)).toMatchObject([{ kind: 'lines' }]);
});

test('where there is one line for it, a text stands without its marks, and without what it quotes', () => {
  expect(plain('**Two** of _them_, see `that`\nand @ann')).toBe('Two of them, see that and @ann');
  expect(plain('> at ten?\nLater.')).toBe('Later.');
  expect(plain('> *only* said')).toBe('only said');
  expect(plain('```\nlet a;\n```')).toBe('let a;');
  expect(plain('2 * 3 * 4 <b>')).toBe('2 * 3 * 4 <b>');
});

test('no component makes elements of a text', () => {
  const root = join(import.meta.dirname, '../src');
  const components = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
  expect(components.length).toBeGreaterThan(40);
  expect(components.filter((name) => /@html|innerHTML/.test(readFileSync(join(root, name), 'utf8')))).toEqual([]);
});

test('who is typing is told of one, of some and of many', () => {
  expect(en.typing(['Ann'])).toBe('Ann is typing');
  expect(en.typing(['Ann', 'Bob'])).toBe('Ann and Bob are typing');
  expect(en.typing(['Ann', 'Bob', 'Cyd', 'Dee'])).toBe('Several people are typing');
});

const traps: Record<string, string> = {
  stars: '*'.repeat(5_000),
  'stars and letters': '*a'.repeat(50_000),
  brackets: '['.repeat(100_000),
  'words with a tick at the end': `${'a '.repeat(50_000)}\``,
  'odd ticks': '`'.repeat(99_999),
  underscores: '_a_ '.repeat(25_000),
  'open fences': '```\n'.repeat(25_001),
  'nested quotes': '> '.repeat(50_000),
  'signs at': '@'.repeat(100_000),
  'names that go on': `@${'a.'.repeat(50_000)}`,
  'beginnings of links': 'https://'.repeat(12_500),
  'brackets in a link': `https://a.b/${'('.repeat(50_000)}${')'.repeat(50_000)}`,
  'ends of a link': `https://a.b/${'.'.repeat(100_000)}`,
};

// A hundred times what they take, since a loaded machine is slow; what grows with the square takes a thousand times as long.
for (const [name, text] of Object.entries(traps))
  test(`a text of ${name} is read in no time`, () => {
    const began = performance.now();
    const blocks = parse(text, new Set(['ann']));
    const took = performance.now() - began;
    test.info().annotations.push({ type: 'took', description: `${took.toFixed(1)} ms` });
    expect(blocks.length).toBeGreaterThan(0);
    expect(took).toBeLessThan(2_000);
  });
