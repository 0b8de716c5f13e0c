// The page in every state that it can be in: loading, failed, without scripts, narrow, in the other direction.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  announced,
  barriers,
  card,
  draw,
  drop,
  editorField as field,
  expectFailedRequests,
  listsProducts,
  routeUploads,
  screenshot,
  shownPicture,
  startBrowser,
  withPage,
} from './support/browser.js';
import { graphql, removeProducts, server } from './support/catalogue.js';
import { startExample } from './support/example.js';
import { gate } from './support/gate.js';

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

async function openNew(page, name) {
  await page.getByRole('button', { name: 'New product', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
}

/** Fulfils what the page asks first with this. */
async function failFirst(page, answer) {
  let asked = 0;
  await page.route('**/graphql', (route) =>
    listsProducts(route.request()) && asked++ === 0 ? route.fulfill(answer) : route.fallback(),
  );
}

test('a slow first answer is waited for in words', async () => {
  const held = gate();
  const prepare = (page) =>
    page.route('**/graphql', async (route) => {
      await held.opened;
      await route.continue();
    });
  await withPage(browser, { prepare, loads: false }, async (page) => {
    await page.getByText('Loading…').waitFor();
    await screenshot(page, 'loading');
    assert.deepEqual(await barriers(page), []);
    held.open();
    await page.getByRole('button', { name: 'New product', exact: true }).waitFor();
    await page.getByText('Loading…').waitFor({ state: 'detached' });
  });
});

for (const [what, answer, words] of [
  [
    'an answer that is no GraphQL',
    { status: 500, body: '<h1>Internal Server Error</h1>' },
    'The server answered with status 500.',
  ],
  [
    'a GraphQL answer with an error',
    { status: 500, contentType: 'application/json', body: '{"errors":[{"message":"Something is broken."}]}' },
    'Something is broken.',
  ],
]) {
  test(`${what} is told, and can be tried again`, async () => {
    await withPage(browser, { prepare: (page) => failFirst(page, answer), loads: false }, async (page, complaints) => {
      await page.getByText(`The catalogue could not be loaded. ${words}`).waitFor();
      await screenshot(page, 'failed-to-load');
      assert.deepEqual(await barriers(page), []);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('button', { name: 'New product', exact: true }).waitFor();
      expectFailedRequests(complaints);
    });
  });
}

test('without JavaScript the page says so', async () => {
  await withPage(browser, { javaScriptEnabled: false, loads: false }, async (page) => {
    // By its element: the text in it is not looked for by its words.
    await page.locator('noscript p').waitFor();
    await screenshot(page, 'no-script');
    assert.equal(await page.getByText('Loading…').count(), 0);
  });
});

test('from right to left, and narrow, nothing is cut and nothing scrolls sideways', async () => {
  for (const [name, width, dir] of [
    ['rtl', 1200, 'rtl'],
    ['375', 375, 'ltr'],
    ['320', 320, 'ltr'],
    ['320-rtl', 320, 'rtl'],
  ]) {
    await withPage(browser, { viewport: { width, height: 740 } }, async (page) => {
      await page.evaluate((direction) => {
        document.documentElement.dir = direction;
      }, dir);
      await page.getByRole('button', { name: 'New product', exact: true }).waitFor();
      const sideways = () =>
        page.evaluate(() => {
          window.scrollTo(-10_000, 0);
          const left = window.scrollX;
          window.scrollTo(10_000, 0);
          return [left, window.scrollX];
        });
      assert.deepEqual(await sideways(), [0, 0], `${name}: the page scrolls`);
      await openNew(page, 'A name that is long enough to need some room');
      const form = page.locator('#editor');
      const cut = await form.evaluate((dialog) => {
        const { left, right } = dialog.getBoundingClientRect();
        return [...dialog.querySelectorAll('select, input:not([type=file]), button, fieldset, h2')]
          .filter((each) => each.offsetParent !== null)
          .filter((each) => each.getBoundingClientRect().left < left || each.getBoundingClientRect().right > right)
          .map(({ outerHTML }) => outerHTML.slice(0, 80));
      });
      assert.deepEqual(cut, [], `${name}: cut`);
      assert.equal(await form.locator('.fields').evaluate((each) => each.scrollWidth > each.clientWidth), false, name);
      await screenshot(page, `editor-${name}`);
      assert.deepEqual(await barriers(page), []);
    });
  }
});

test('in forced colours and at twice the size everything can be read', async () => {
  await withPage(browser, { forcedColors: 'active' }, async (page) => {
    await openNew(page, 'Forced');
    await screenshot(page, 'forced-colours');
  });
  // What a zoom of 200 % leaves of a window of 1280 pixels.
  await withPage(browser, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, async (page) => {
    await openNew(page, 'Zoomed');
    await page.getByRole('button', { name: 'Save' }).scrollIntoViewIfNeeded();
    await screenshot(page, 'zoom-200');
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth), true);
  });
});

test('twelve pictures become products in the order in which they were dropped', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `Dropped ${String(i).padStart(2, '0')}`);
  await withPage(browser, {}, async (page) => {
    const last = gate();
    let sent = 0;
    await routeUploads(page, async (route) => {
      // The first arrives after three others.
      const nth = sent++;
      await (nth === 0 && last.opened);
      if (nth === 3) {
        last.open();
      }
      await route.continue();
    });
    const files = [];
    for (const [i, name] of names.entries()) {
      files.push(await draw(page, `${name}.png`, 30 * i));
    }
    await drop(page, page.locator('#quick-add .picker'), files);
    for (const name of names) {
      await card(page, name).waitFor();
    }
    // Newest first.
    assert.deepEqual(await page.locator('#products h3').evaluateAll((all) => all.map((each) => each.textContent)), [
      ...names.toReversed(),
      ...(await others(names)),
    ]);
  });
  await removeProducts(...names);
});

async function others(names) {
  const { products } = await graphql('{ products { name } }');
  return products.map(({ name }) => name).filter((name) => !names.includes(name));
}

test('a file name of 250 characters is no trouble', async () => {
  const name = 'n'.repeat(246);
  await withPage(browser, {}, async (page) => {
    await drop(page, page.locator('#quick-add .picker'), [await draw(page, `${name}.png`, 200)]);
    await card(page, name.slice(0, 200)).waitFor();
    await screenshot(page, 'long-name');
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth), true);
  });
  await removeProducts(name.slice(0, 200));
});

test('what is wrong with a web address is said at its field, in words', async () => {
  await withPage(browser, {}, async (page) => {
    const picture = field(page, 'Picture');
    const address = picture.getByLabel('Picture: web address');
    await openNew(page, 'Address');
    await picture.getByText('or copy it from a web address').click();
    for (const [typed, words] of [
      ['cup.png', 'This is no web address. It begins with https:// or http://.'],
      ['ftp://127.0.0.1/cup.png', 'This is no web address. It begins with https:// or http://.'],
      [`${server}/nothing-here.png`, 'No file could be read at this address.'],
    ]) {
      await address.fill(typed);
      await page.getByRole('button', { name: 'Save' }).click();
      await picture.getByText(words).waitFor();
      await screenshot(page, 'bad-address');
    }
    assert.doesNotMatch(await page.locator('#editor').textContent(), /FILE_|Variable|\$product/);
    assert.deepEqual(await barriers(page), []);
  });
});

test('guests are told to sign in, not of a place to drop pictures that is not there', async () => {
  const secured = await startExample(() => ['--spring.profiles.active=secured']);
  try {
    await withPage(browser, { url: secured.url }, async (page) => {
      await page.getByText('Sign in to add products.').waitFor();
      assert.equal(
        await page
          .getByText('Drop', { exact: false })
          .isVisible()
          .catch(() => false),
        false,
      );
      await screenshot(page, 'guest');
    });
  } finally {
    await secured.stop();
  }
});

test('a picture that the browser cannot show is shown by its kind', async () => {
  const heic = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(64),
  ]);
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'From a phone');
    const picture = field(page, 'Picture');
    await picture
      .locator('input[type=file]')
      .setInputFiles({ name: 'IMG_0001.heic', mimeType: 'image/heic', buffer: heic });
    await picture.getByText('HEIC', { exact: true }).waitFor();
    await picture.getByText('Ready.').waitFor();
    await screenshot(page, 'heic');
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'From a phone is saved.');
    await card(page, 'From a phone').getByRole('img', { name: 'Picture of From a phone' }).waitFor();
    await card(page, 'From a phone').getByText('HEIC', { exact: true }).waitFor();
  });
  await removeProducts('From a phone');
});

test('films and sound have a player, and a PDF can be read', async () => {
  const film = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypisom\0\0\0\0isommp42', 'latin1'),
    Buffer.alloc(64),
  ]);
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'With a film');
    await field(page, 'Attachment')
      .locator('input[type=file]')
      .setInputFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: film });
    await field(page, 'Manual')
      .locator('input[type=file]')
      .setInputFiles({ name: 'how.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') });
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'With a film is saved.');
    const product = card(page, 'With a film');
    assert.equal(await product.locator('video').getAttribute('aria-label'), 'film.mp4');
    const read = await product.getByRole('link', { name: 'Read how.pdf' }).getAttribute('href');
    const { headers } = await fetch(read).then(({ headers: all }) => ({ headers: Object.fromEntries(all) }));
    assert.equal(headers['content-type'], 'application/pdf');
    assert.match(headers['content-disposition'], /^inline/);
    await screenshot(page, 'players');
    assert.deepEqual(await barriers(page), []);
  });
  await removeProducts('With a film');
});

test('pasted pictures are added where they are looked for', async () => {
  await withPage(browser, {}, async (page) => {
    const paste = async ({ name, type, content }) =>
      page.evaluate(
        (given) => {
          const data = new DataTransfer();
          const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0));
          data.items.add(new File([bytes], given.name, { type: given.type }));
          document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          );
        },
        { name, type, base64: content.toString('base64') },
      );
    await page.locator('#quick-add .picker').waitFor();
    await paste(await draw(page, 'Pasted.png', 60));
    await shownPicture(page, 'Pasted');
    await openNew(page, 'Pasted into the editor');
    await paste(await draw(page, 'inside.png', 90));
    await field(page, 'Picture').getByText('inside.png').waitFor();
    await field(page, 'Gallery').locator('input[type=file]').focus();
    await paste(await draw(page, 'to the gallery.png', 120));
    await field(page, 'Gallery').getByText('to the gallery.png').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Pasted into the editor is saved.');
  });
  await removeProducts('Pasted', 'Pasted into the editor');
});

test('what has been sent has no bar, and new pictures of a gallery are put in order before they are saved', async () => {
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'In order');
    const gallery = field(page, 'Gallery');
    await gallery
      .locator('input[type=file]')
      .setInputFiles([await draw(page, 'a.png', 0), await draw(page, 'b.png', 120), await draw(page, 'c.png', 240)]);
    await gallery.getByText('Ready.').nth(2).waitFor();
    assert.equal(await gallery.locator('progress').filter({ visible: true }).count(), 0);
    await gallery.getByRole('button', { name: 'Move c.png forward' }).click();
    await announced(page, 'c.png is now number 2 of 3.');
    await gallery.locator('.added > li').nth(2).dragTo(gallery.locator('.added > li').nth(0));
    await announced(page, 'b.png is now number 1 of 3.');
    await screenshot(page, 'new-pictures-in-order');
    assert.deepEqual(await barriers(page), []);
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'In order is saved.');
    assert.deepEqual(
      await card(page, 'In order')
        .locator('.gallery img')
        .evaluateAll((all) => all.map(({ alt }) => alt)),
      ['b.png', 'a.png', 'c.png'],
    );
  });
  await removeProducts('In order');
});

test('a gallery takes all twenty pictures that it promises, in one save', async () => {
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'Twenty');
    const gallery = field(page, 'Gallery');
    await gallery.getByText('pictures up to 20 MB, 20 at most').waitFor();
    const picture = await draw(page, 'p.png', 10);
    await gallery
      .locator('input[type=file]')
      .setInputFiles(Array.from({ length: 21 }, (_, i) => ({ ...picture, name: `p${i}.png` })));
    await gallery.getByText('p20.png is one too many: the gallery has 20 pictures at most.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Twenty is saved.');
    assert.equal(await card(page, 'Twenty').locator('.gallery img').count(), 20);
  });
  await removeProducts('Twenty');
});
