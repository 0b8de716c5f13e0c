// 200 MB from Chromium in parts: pause, reload half way, go on, finish.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertServed, graphql, manualBytes } from './support/catalogue.js';
import { announced, card, editorField, screenshot, startBrowser, withPage } from './support/browser.js';
import { gate } from './support/gate.js';

const SIZE = 200 * 1024 * 1024;

let browser;
let directory;
before(async () => {
  browser = await startBrowser();
  directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-resume-'));
});
after(async () => {
  await browser.close();
  await rm(directory, { recursive: true });
});

test('200 MB in parts: paused, reloaded half way, resumed and finished', async () => {
  const bytes = manualBytes(SIZE);
  const file = path.join(directory, 'big manual.pdf');
  await writeFile(file, bytes);
  await withPage(browser, {}, async (page) => {
    const manual = editorField(page, 'Manual');
    const sentParts = [];
    // What comes after ten parts have been sent hangs until the pause, however fast the machine is. Parts, not requests: on
    // a slow machine some are sent again.
    const pause = gate();
    const isPart = (url) => url.searchParams.has('part');
    await page.route(isPart, async (route) => {
      await (sentParts.length < 10 || pause.opened);
      // The pause has broken off those that hung.
      await route.continue().catch(() => {});
    });
    page.on(
      'requestfinished',
      (request) => request.method() === 'PUT' && sentParts.push(new URL(request.url()).searchParams.get('part')),
    );
    await page.getByRole('button', { name: 'New product', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('Machine');
    await manual.locator('input[type=file]').setInputFiles(file);
    await page.waitForFunction(() => document.querySelector('#editor progress')?.position > 0.3);
    await page.getByRole('button', { name: 'Pause big manual.pdf' }).click();
    await manual.getByText('Paused.').waitFor();
    pause.open();
    await page.unroute(isPart);
    await screenshot(page, 'upload-paused');
    const before = sentParts.length;
    assert.ok(before >= 4 && before < 25, `${before} of 25 parts were sent before the pause`);

    await page.reload();
    await page.getByText('are there already. Choose the file again to resume.').waitFor();
    await screenshot(page, 'after-the-reload');
    await page.getByRole('button', { name: 'Resume big manual.pdf' }).click();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Machine');
    await manual.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Machine is saved.');
    await card(page, 'Machine').getByText('200 MB').waitFor();
    // Some that the pause broke off had arrived all the same.
    assert.deepEqual(sentParts, [...new Set(sentParts)], 'what had arrived was sent again');
    assert.equal(await page.locator('#unfinished').isVisible(), false);

    const { products } = await graphql('{ products { id name manual { url fileName } } }');
    const { id, manual: stored } = products.find(({ name }) => name === 'Machine');
    await assertServed(stored, new File([bytes], 'big manual.pdf'));
    await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id });
  });
});
