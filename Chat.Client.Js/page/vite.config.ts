import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const server = process.env.CHAT_URL ?? 'http://localhost:5080';
// In development the page comes from Vite and everything else from a server that believes it is asked by its own page.
const proxied = { target: server, changeOrigin: true, headers: { origin: server }, ws: true };

export default defineConfig({
  plugins: [svelte()],
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
