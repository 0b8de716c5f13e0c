// The example's page in Chromium: what a person does with it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { removeProducts } from './support/catalogue.js';
import {
  announced,
  barriers,
  card,
  draw,
  drop,
  editorField as field,
  listsProducts,
  screenshot,
  shownGallery,
  shownPicture,
  startBrowser,
  withPage,
} from './support/browser.js';
import { gate } from './support/gate.js';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

async function openNew(page, name) {
  await page.getByRole('button', { name: 'New product', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
}

test('a picture dropped on the page becomes a product, is replaced by another, and goes with the product', async () => {
  await withPage(browser, {}, async (page) => {
    await drop(page, page.locator('#quick-add .picker'), [await draw(page, 'Blue jug.png', 200)]);
    const first = await shownPicture(page, 'Blue jug');
    await announced(page, 'Blue jug is in the catalogue.');
    await drop(page, card(page, 'Blue jug'), [await draw(page, 'red.png', 10)]);
    await announced(page, 'The picture of Blue jug is replaced.');
    const second = await shownPicture(page, 'Blue jug');
    assert.notEqual(second, first);
    assert.equal((await page.request.get(first)).status(), 404);
    await page.getByRole('button', { name: 'Delete Blue jug' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await announced(page, 'Blue jug is deleted.');
    assert.equal(await card(page, 'Blue jug').count(), 0);
    assert.equal((await page.request.get(second)).status(), 404);
  });
});

test('the page names all its modules in its head', async () => {
  const prepare = (page) =>
    page.on('request', (request) => request.resourceType() === 'script' && asked.push(new URL(request.url()).pathname));
  const asked = [];
  await withPage(browser, { prepare }, async (page) => {
    const named = await page
      .locator('link[rel=modulepreload]')
      .evaluateAll((all) => all.map(({ href }) => new URL(href).pathname));
    assert.deepEqual([...new Set([...named, '/js/main.js'])].sort(), [...new Set(asked)].sort());
  });
});

test('an answer that comes late does not take away what came after it', async () => {
  await withPage(browser, {}, async (page) => {
    const late = gate();
    let lists = 0;
    await page.route('**/graphql', async (route) => {
      const first = listsProducts(route.request()) && lists++ === 0;
      const response = await route.fetch();
      await (first && late.opened);
      await route.fulfill({ response });
    });
    const place = page.locator('#quick-add .picker');
    const listed = page.waitForRequest(listsProducts);
    await drop(page, place, [await draw(page, 'Early.png', 70)]);
    await listed;
    await drop(page, place, [await draw(page, 'Later.png', 140)]);
    await announced(page, 'Later is in the catalogue.');
    late.open();
    await announced(page, 'Early is in the catalogue.');
    assert.deepEqual([await card(page, 'Early').count(), await card(page, 'Later').count()], [1, 1]);
  });
  await removeProducts('Early', 'Later');
});

test('a file of the wrong type or size is refused in words next to its field, before anything is sent', async () => {
  await withPage(browser, {}, async (page) => {
    const sent = [];
    page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
    await openNew(page, 'Refused');
    await field(page, 'Picture')
      .locator('input[type=file]')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await field(page, 'Picture')
      .getByText('notes.txt cannot be used here: it is text/plain, and this field takes pictures.')
      .waitFor();
    await drop(page, field(page, 'Gallery').locator('.picker'), [
      { name: 'list.csv', type: 'text/csv', content: Buffer.from('a,b') },
    ]);
    await field(page, 'Gallery')
      .getByText('list.csv cannot be used here: it is text/csv, and this field takes pictures.')
      .waitFor();
    await screenshot(page, 'wrong-type');
    const large = { name: 'poster.png', mimeType: 'image/png', buffer: Buffer.alloc(6 * 1024 * 1024) };
    await field(page, 'Picture').locator('input[type=file]').setInputFiles(large);
    await field(page, 'Picture').getByText('poster.png is too large: it has 6 MB, and 5 MB is the most.').waitFor();
    await screenshot(page, 'too-large');
    assert.deepEqual(sent, []);
  });
});

test('a file that was chosen a moment ago is saved too, or keeps the product from being saved without it', async () => {
  const choose = (input, { name, type, base64 }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    input.form.requestSubmit();
  };
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'Quick');
    const picture = field(page, 'Picture');
    const input = picture.locator('input[type=file]');
    await input.evaluate(choose, { name: 'quick.txt', type: 'text/plain', base64: 'aGVsbG8=' });
    await picture.getByText('quick.txt cannot be used here').waitFor();
    await page.getByRole('dialog').waitFor();

    const { content } = await draw(page, 'quick.png', 60);
    await input.evaluate(choose, { name: 'quick.png', type: 'image/png', base64: content.toString('base64') });
    await announced(page, 'Quick is saved.');
    await card(page, 'Quick').getByRole('img', { name: 'Picture of Quick' }).waitFor();
  });
  await removeProducts('Quick');
});

test('what only the server can see is told next to the field too', async () => {
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'Disguised');
    await field(page, 'Picture')
      .locator('input[type=file]')
      .setInputFiles({ name: 'disguised.png', mimeType: 'image/png', buffer: Buffer.from('just text') });
    await field(page, 'Gallery')
      .locator('input[type=file]')
      .setInputFiles(await draw(page, 'good.png', 90));
    await page.getByRole('button', { name: 'Save' }).click();
    await field(page, 'Picture')
      .getByText('disguised.png cannot be used here: it is text/plain, and this field takes pictures.')
      .waitFor();
    await screenshot(page, 'refused-by-the-server');
    // Nobody waits until the server has given the upload up.
    const saved = gate();
    await page.route('**/graphql', async (route) => {
      await (route.request().postData()?.includes('abortFileUpload') && saved.opened);
      await route.continue();
    });
    await field(page, 'Picture').getByRole('button', { name: 'Remove disguised.png' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Disguised is saved.');
    const told = page.waitForResponse((response) => response.request().postData()?.includes('abortFileUpload'));
    saved.open();
    await told;
  });
  await removeProducts('Disguised');
});

for (const way of ['directUploadToken', 'file', 'base64']) {
  test(`a product with files that are sent by ${way}`, async () => {
    const name = `Sent by ${way}`;
    await withPage(browser, {}, async (page) => {
      await openNew(page, name);
      await page.getByLabel('Send files').selectOption(way);
      await field(page, 'Picture')
        .locator('input[type=file]')
        .setInputFiles(await draw(page, 'cup.png', 120));
      await field(page, 'Manual')
        .locator('input[type=file]')
        .setInputFiles({ name: 'how.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
      await page.getByRole('button', { name: 'Save' }).click();
      await shownPicture(page, name);
      await card(page, name).getByRole('link', { name: 'how.pdf', exact: true }).waitFor();
    });
    await removeProducts(name);
  });
}

test('a picture copied from a web address, then removed', async () => {
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'Copied cup');
    await field(page, 'Picture').getByText('or copy it from a web address').click();
    await field(page, 'Picture').getByLabel('Picture: web address').fill(new URL('cup.png', page.url()).href);
    await page.getByRole('button', { name: 'Save' }).click();
    await shownPicture(page, 'Copied cup');
    await page.getByRole('button', { name: 'Edit Copied cup' }).click();
    await field(page, 'Picture').getByRole('button', { name: 'Remove cup.png' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await card(page, 'Copied cup').getByText('No picture yet').waitFor();
  });
  await removeProducts('Copied cup');
});

test('everything can be done with the keyboard alone', async () => {
  await withPage(browser, {}, async (page) => {
    const tabTo = async (name) => {
      const stops = await page.locator('a[href], button, input, select, summary, [tabindex]').count();
      for (let i = 0; i < stops + 5; i++) {
        await page.keyboard.press('Tab');
        const label = await page.evaluate(
          () => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent,
        );
        if (label === name) {
          return;
        }
      }
      assert.fail(`the Tab key does not lead to ${name}`);
    };
    // Long before it is needed: what opens until the browser has been told of it is lost.
    const chooser = page.waitForEvent('filechooser');
    await tabTo('New product');
    await page.keyboard.press('Enter');
    await page.keyboard.type('By keyboard');
    await tabTo('Picture');
    await screenshot(page, 'keyboard-focus');
    await page.keyboard.press('Space');
    await (await chooser).setFiles(await draw(page, 'keys.png', 50));
    await announced(page, 'keys.png has been sent.');
    await tabTo('Save');
    await page.keyboard.press('Enter');
    await announced(page, 'By keyboard is saved.');
    await shownPicture(page, 'By keyboard');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'new-product');
    await tabTo('Edit By keyboard');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' alone');
    await tabTo('Save');
    await page.keyboard.press('Enter');
    await announced(page, 'By keyboard alone is saved.');
    assert.equal(
      await page.evaluate(() => document.activeElement.getAttribute('aria-label')),
      'Edit By keyboard alone',
    );
    await tabTo('Delete By keyboard alone');
    await page.keyboard.press('Enter');
    await tabTo('Delete');
    await page.keyboard.press('Enter');
    await announced(page, 'By keyboard alone is deleted.');
  });
});

test('the pictures of a gallery are put in order by buttons and by dragging', async () => {
  await withPage(browser, {}, async (page) => {
    const order = () => page.locator('.tiles img').evaluateAll((images) => images.map(({ alt }) => alt));
    await openNew(page, 'Gallery');
    await field(page, 'Gallery')
      .locator('input[type=file]')
      .setInputFiles([await draw(page, 'a.png', 0), await draw(page, 'b.png', 120), await draw(page, 'c.png', 240)]);
    await page.getByRole('button', { name: 'Save' }).click();
    await shownGallery(page, 'Gallery');
    await page.getByRole('button', { name: 'Edit Gallery' }).click();
    assert.deepEqual(await order(), ['a.png', 'b.png', 'c.png']);
    await page.getByRole('button', { name: 'Move a.png back' }).click();
    await announced(page, 'a.png is now number 2 of 3.');
    await page.locator('.tiles li').nth(2).dragTo(page.locator('.tiles li').nth(0));
    assert.deepEqual(await order(), ['c.png', 'b.png', 'a.png']);
    await field(page, 'Gallery')
      .locator('input[type=file]')
      .setInputFiles([await draw(page, 'd.png', 300)]);
    await page.getByRole('button', { name: 'Remove b.png' }).click();
    await screenshot(page, 'gallery');
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Gallery is saved.');
    await page.getByRole('button', { name: 'Edit Gallery' }).click();
    assert.deepEqual(await order(), ['c.png', 'a.png', 'd.png']);
  });
  await removeProducts('Gallery');
});

test('a picture is shown large in its place before it is loaded, and the focus comes back', async () => {
  await withPage(browser, {}, async (page) => {
    await drop(page, page.locator('#quick-add .picker'), [await draw(page, 'Large.png', 80)]);
    await shownPicture(page, 'Large');
    const loading = gate();
    await page.route(/\/variants\//, async (route) => {
      await loading.opened;
      await route.continue();
    });
    const link = card(page, 'Large').getByRole('link', { name: 'Picture of Large' });
    await link.click();
    const dialog = page.getByRole('dialog', { name: 'Picture of Large' });
    const image = dialog.getByRole('img');
    const place = await image.boundingBox();
    assert.ok(place.width > 300, `expected the width of the picture, found ${place.width}`);
    loading.open();
    await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, await image.elementHandle());
    assert.deepEqual(await image.boundingBox(), place);
    assert.match(await image.getAttribute('src'), /\/variants\//);
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, 'lightbox');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(await link.evaluate((element) => element === document.activeElement));
  });
  await removeProducts('Large');
});

test('light and dark, wide and narrow, the page is for everyone', async () => {
  const shelf = [
    ['Teapot', 160],
    ['Lantern', 35],
    ['Notebook', 265],
    ['Alarm clock', 350],
  ];
  await withPage(browser, {}, async (page) => {
    const files = [];
    for (const [name, hue] of shelf) {
      files.push(await draw(page, `${name}.png`, hue));
    }
    await drop(page, page.locator('#quick-add .picker'), files);
    for (const [name] of shelf) {
      await shownPicture(page, name);
    }
    await page.getByRole('button', { name: 'Edit Lantern' }).click();
    await field(page, 'Manual')
      .locator('input[type=file]')
      .setInputFiles({ name: 'lantern-manual.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
    await field(page, 'Gallery').locator('input[type=file]').setInputFiles(files.slice(0, 3));
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Lantern is saved.');
  });
  for (const [name, options] of [
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 390, height: 844 } }],
  ]) {
    await withPage(browser, options, async (page) => {
      await shownPicture(page, 'Lantern');
      await screenshot(page, `catalogue-${name}`);
      assert.deepEqual(await barriers(page), []);
      await page.getByRole('button', { name: 'Edit Lantern' }).click();
      await page.locator('.tiles img').first().waitFor();
      await screenshot(page, `editor-${name}`);
      assert.deepEqual(await barriers(page), []);
    });
  }
  await removeProducts(...shelf.map(([name]) => name));
});
