import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Which of the examples: npm run example -- react
const name = process.env.EXAMPLE ?? process.argv.at(-1);
const server = process.env.EXAMPLE_URL ?? 'http://localhost:8080';
// Files go where GraphQL goes: upload URLs are made of the host that the page has asked.
const proxy = Object.fromEntries(['/graphql', '/files'].map((at) => [at, { target: server, changeOrigin: false }]));

export default defineConfig({
  root: path.join(import.meta.dirname, name),
  plugins: [vue(), svelte({ configFile: false })],
  server: { proxy },
  preview: { proxy },
  oxc: { jsx: { runtime: 'automatic' } },
});
