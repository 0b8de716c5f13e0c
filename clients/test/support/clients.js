// Clients from npm, bundled, in the example's page.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { build } from 'esbuild';
import { startBrowser, withPage } from './browser.js';

/**
 * For the tests of one file.
 *
 * @returns withClients opens the page with the clients in it and a file input, and gives what brings them back after a
 *   reload; directory is one that is removed after the tests
 */
export function bundledClients() {
  let browser;
  let bundle;
  let directory;
  before(async () => {
    const built = await build({
      entryPoints: [path.join(import.meta.dirname, '../clients/index.js')],
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      jsx: 'automatic',
    });
    bundle = built.outputFiles[0].text;
    browser = await startBrowser();
    directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-clients-'));
  });
  after(async () => {
    await browser?.close();
    await rm(directory, { recursive: true });
  });
  const withClients = (work, options = {}) =>
    withPage(browser, options, async (page) => {
      const load = async () => {
        await page.evaluate(bundle);
        await page.evaluate(() =>
          document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'chosen' })),
        );
      };
      await load();
      await work(page, load);
    });
  return { withClients, directory: () => directory };
}
