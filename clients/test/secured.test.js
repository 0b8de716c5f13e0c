// The page when the example has users: guests look, signed-in users create, owners change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, card, draw, drop, screenshot, shownPicture, startBrowser, withPage } from './support/browser.js';
import { startExample } from './support/example.js';

let browser;
let secured;
before(async () => {
  secured = await startExample(() => ['--spring.profiles.active=secured']);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await secured?.stop();
});

async function signIn(page, name) {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#account', { hasText: name }).waitFor();
}

test('guests look, signed-in users create, only owners are offered changes', async () => {
  await withPage(browser, { url: secured.url }, async (page) => {
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    assert.equal(await page.locator('#new-product').isVisible(), false);
    assert.equal(await page.locator('#quick-add').isVisible(), false);
    await signIn(page, 'alice');
    await drop(page, page.locator('#quick-add .picker'), [await draw(page, 'Hers.png', 320)]);
    await shownPicture(page, 'Hers');
    await card(page, 'Hers').getByRole('button', { name: 'Edit Hers' }).waitFor();
    await screenshot(page, 'signed-in');
    assert.deepEqual(await barriers(page), []);
  });
  await withPage(browser, { url: secured.url }, async (page) => {
    await shownPicture(page, 'Hers');
    await signIn(page, 'bob');
    await shownPicture(page, 'Hers');
    assert.equal(await card(page, 'Hers').getByRole('button', { name: 'Edit Hers' }).isVisible(), false);
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /log out/i }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });
});
