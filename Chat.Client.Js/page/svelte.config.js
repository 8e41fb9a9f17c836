import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** One class for each component, as short as it can be and no other's. */
const classes = new Map();
function cssHash({ hash, css, filename }) {
  const name = `s${hash(css).slice(0, 3)}`;
  if ((classes.get(name) ?? filename) !== filename) throw new Error(`${filename} and ${classes.get(name)} would share a class: ${name}`);
  classes.set(name, filename);
  return name;
}

export default { preprocess: vitePreprocess(), compilerOptions: { runes: true, cssHash } };
