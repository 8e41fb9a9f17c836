import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const server = process.env.CHAT_URL ?? 'http://localhost:5080';
// In development the page comes from Vite and everything else from a server that believes it is asked by its own page.
const proxied = { target: server, changeOrigin: true, headers: { origin: server }, ws: true };

/** The page speaks over WebSockets only: what SignalR would fall back on stays out of it. */
const unused = /\/(LongPollingTransport|ServerSentEventsTransport)$/;
const withoutFallbacks: Plugin = {
  name: 'without-fallbacks',
  enforce: 'pre',
  resolveId: (source) => (unused.test(source) ? `\0${source.split('/').at(-1)}` : null),
  load: (id) => (id.startsWith('\0') && unused.test(id.replace('\0', '/')) ? `export class ${id.slice(1)} {}` : null),
};

export default defineConfig({
  plugins: [svelte(), withoutFallbacks],
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
