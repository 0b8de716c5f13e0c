// The examples of forms with React, Vue, Svelte and nothing, built by Vite and driven in Chromium.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build, preview } from 'vite';
import { draw, drop, routeUploads, startBrowser, withPage } from './support/browser.js';
import { graphql } from './support/catalogue.js';
import { gate } from './support/gate.js';

const EXAMPLES = path.resolve(import.meta.dirname, '../examples');
const MOST_LINES = 15;

let browser;
let directory;
before(async () => {
  browser = await startBrowser();
  directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-examples-'));
});
after(async () => {
  await browser?.close();
  await rm(directory, { recursive: true });
});

/** Lines that an application has for its field, but for imports, comments, and what only closes a block. */
async function lines(file) {
  const text = await readFile(path.join(EXAMPLES, file), 'utf8');
  return text.split('\n').filter((line) => line.trim() && !/^(import |\/\/)/.test(line.trim()) && !/^\W+$/.test(line));
}

for (const [name, file] of [
  ['react', 'react/Gallery.jsx'],
  ['vue', 'vue/Gallery.vue'],
  ['svelte', 'svelte/Gallery.svelte'],
  ['plain', 'plain/main.js'],
]) {
  test(`${name}: drop, progress, pause, resume, remove, submit`, async () => {
    const found = await lines(file);
    assert.ok(found.length <= MOST_LINES, `${file} has ${found.length} lines:\n${found.join('\n')}`);

    process.env.EXAMPLE = name;
    const config = {
      configFile: path.join(EXAMPLES, 'vite.config.js'),
      logLevel: 'error',
      build: { outDir: path.join(directory, name) },
    };
    await build(config);
    const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
    try {
      await withPage(browser, { url: server.resolvedUrls.local[0], loads: false }, (page) => drive(page));
    } finally {
      await server.close();
    }
  });
}

async function drive(page) {
  const held = gate();
  await routeUploads(page, async (route) => {
    await held.opened;
    await route.continue().catch(() => {}); // the pause has broken it off
  });
  const label = page.locator('label');
  const row = (name) => page.locator('p', { hasText: name });
  await drop(page, label, [await draw(page, 'a.png', 10), await draw(page, 'b.png', 80)]);
  await label.locator('input').setInputFiles([await draw(page, 'c.png', 160)]);
  await drop(page, label, [{ name: 'd.txt', type: 'text/plain', content: Buffer.from('hello') }]);
  await page.getByRole('alert').getByText('Product.gallery does not accept text/plain').waitFor();
  await row('a.png').getByRole('button', { name: 'Pause' }).click();
  await row('a.png').getByRole('button', { name: 'Resume' }).waitFor();
  held.open();
  // The first is paused.
  await page.waitForFunction(() => {
    const [, second] = document.querySelectorAll('progress');
    return second.value === second.max;
  });
  await row('a.png').getByRole('button', { name: 'Resume' }).click();
  await row('b.png').getByRole('button', { name: 'Remove' }).click();
  await row('b.png').waitFor({ state: 'detached' });
  const created = page.waitForResponse((response) => response.request().postData()?.includes('createProduct'));
  await page.getByRole('button', { name: 'Save' }).click();
  const { data } = await (await created).json();
  await row('c.png').waitFor({ state: 'detached' });
  const { id } = data.createProduct;
  const { product } = await graphql('query ($id: ID!) { product(id: $id) { gallery { fileName } } }', { id });
  assert.deepEqual(
    product.gallery.map(({ fileName }) => fileName),
    ['a.png', 'c.png'],
  );
  await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id });
}
