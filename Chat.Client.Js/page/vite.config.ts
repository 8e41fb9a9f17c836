import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { Limits, RefusalCode } from 'signalrchat';
import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';
import { icons } from './src/design/icons';

const server = process.env.CHAT_URL ?? 'http://localhost:5080';
// In development the page comes from Vite and everything else from a server that believes it is asked by its own page.
const proxied = { target: server, changeOrigin: true, headers: { origin: server }, ws: true };

/** SignalR's own client is a fifth of all the script there would be; the page needs a small part of what it can do. */
const ownWire: Plugin = {
  name: 'own-wire',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source.endsWith('/driving/hub.js') && importer?.includes('sdk') ? fileURLToPath(new URL('src/wire/hub.ts', import.meta.url)) : null,
};

/** The page is never drawn by the server: what Svelte has for taking up where that left off can go, once it is certain that it is not wanted. */
const neverHydrating: Plugin = {
  name: 'never-hydrating',
  transform(code, id) {
    if (!/svelte\/src\/internal\/client\/dom\/hydration\.js$/.test(id)) return null;
    const certain = code.replace('export let hydrating', 'export const hydrating').replace('\thydrating = value;', '');
    if (certain.length === code.length) this.error('This Svelte says otherwise whether it hydrates.');
    return { code: certain, map: null };
  },
};

/** Numbers of the contract stand where they are used; the tables of all of them stay out of the page. */
const numbersInPlace: Plugin = {
  name: 'numbers-in-place',
  transform: (code, id) =>
    id.endsWith('/contract.js')
      ? null
      : {
          code: code
            .replace(/\bLimits\.(\w+)/g, (_, name) => numberOf(Limits, name))
            .replace(/\bRefusalCode\.(\w+)/g, (_, name) => numberOf(RefusalCode, name)),
          map: null,
        },
};

function numberOf(table: Readonly<Record<string, number>>, name: string): string {
  const number = table[name];
  if (number === undefined) throw new Error(`The contract has no number ${name}.`);
  return String(number);
}

/** One minifier finds what the other leaves: a fiftieth less than of either alone. */
const packedTwice: Plugin = {
  name: 'packed-twice',
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code } = await minify(chunk.code, { module: true, ecma: 2020, compress: { passes: 3 } });
      chunk.code = code!;
    }
  },
};

/** Icons are words of the page and no script: they stand in it once, and are shown by name. */
const iconsInPage: Plugin = {
  name: 'icons-in-page',
  transformIndexHtml: () => [
    {
      tag: 'svg',
      attrs: { class: 'unseen', 'aria-hidden': 'true' },
      children: Object.entries(icons).map(([name, d]) => ({
        tag: 'symbol',
        attrs: { id: `icon-${name}`, viewBox: '0 0 24 24' },
        children: [{ tag: 'path', attrs: { d } }],
      })),
      injectTo: 'body-prepend',
    },
  ],
};

export default defineConfig({
  plugins: [svelte(), ownWire, neverHydrating, numbersInPlace, packedTwice, iconsInPage],
  build: {
    outDir: '../../Chat.Server/wwwroot',
    emptyOutDir: true,
    target: 'es2024',
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Fixed names: the built page is committed, and a change should show as a change and not as another file.
      output: { entryFileNames: 'app.js', assetFileNames: '[name][extname]', codeSplitting: false },
    },
  },
  server: { proxy: { '/chat': proxied, '/session': proxied } },
});
