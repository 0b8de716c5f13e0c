// What a person has chosen is never lost without their word, whatever fails.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  announced,
  barriers,
  card,
  draw,
  drop,
  editorField as field,
  expectFailedRequests,
  routeUploads,
  screenshot,
  shownPicture,
  startBrowser,
  withPage,
} from './support/browser.js';
import { assertServed, graphql, manualBytes, removeProducts, server } from './support/catalogue.js';
import { startExample } from './support/example.js';
import { startFaultyProxy } from './support/faulty-proxy.js';
import { gate } from './support/gate.js';

const MB = 1024 * 1024;

let browser;
let directory;
before(async () => {
  browser = await startBrowser();
  directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-kept-'));
});
after(async () => {
  await browser?.close();
  await rm(directory, { recursive: true });
});

async function openNew(page, name) {
  await page.getByRole('button', { name: 'New product', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
}

const pdf = (name, byteSize) => ({ name, mimeType: 'application/pdf', buffer: manualBytes(byteSize) });

test('a file whose upload has failed stays, is not saved without, and can be tried again', async () => {
  await withPage(browser, {}, async (page, complaints) => {
    let refused = 0;
    await routeUploads(page, (route) => {
      refused++;
      return refused > 1 ? route.continue() : route.fulfill({ status: 400, body: 'no' });
    });
    await openNew(page, 'Kept picture');
    const picture = field(page, 'Picture');
    await picture.locator('input[type=file]').setInputFiles(await draw(page, 'kept.png', 30));
    await picture.getByText('Not sent. The store has refused the file.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved: kept.png has not been sent. Try again, or remove it.').waitFor();
    await screenshot(page, 'upload-failed');
    assert.deepEqual(await barriers(page), []);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Try again: kept.png');
    const { products } = await graphql('{ products { name } }');
    assert.ok(!products.some(({ name }) => name === 'Kept picture'));

    await picture.getByRole('button', { name: 'Try again: kept.png' }).click();
    await picture.getByText('Ready.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Kept picture is saved.');
    await shownPicture(page, 'Kept picture');
    expectFailedRequests(complaints);
  });
  await removeProducts('Kept picture');
});

test('a failed file can be removed, and the rest is saved', async () => {
  await withPage(browser, {}, async (page, complaints) => {
    await routeUploads(page, (route) => route.fulfill({ status: 400, body: 'no' }));
    await openNew(page, 'Without picture');
    await field(page, 'Gallery')
      .locator('input[type=file]')
      .setInputFiles(await draw(page, 'lost.png', 30));
    await field(page, 'Gallery').getByText('Not sent.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved: lost.png has not been sent.').waitFor();
    await page.getByRole('button', { name: 'Remove lost.png' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Without picture is saved.');
    expectFailedRequests(complaints);
  });
  await removeProducts('Without picture');
});

test('a picture dropped on the page stays until its product is created', async () => {
  await withPage(browser, {}, async (page, complaints) => {
    let refused = false;
    await page.route('**/graphql', (route) => {
      if (!refused && route.request().postData()?.includes('createProduct')) {
        refused = true;
        return route.fulfill({ status: 502, body: 'down' });
      }
      return route.fallback();
    });
    await drop(page, page.locator('#quick-add .picker'), [await draw(page, 'Not created.png', 30)]);
    const row = page.locator('#quick-add .transfer');
    await row.getByText('Sent, but not saved.').waitFor();
    await screenshot(page, 'not-created');
    await row.getByRole('button', { name: 'Try again: Not created.png' }).click();
    await shownPicture(page, 'Not created');
    assert.equal(await row.count(), 0);
    expectFailedRequests(complaints);
  });
  await removeProducts('Not created');
});

test('Cancel asks before it discards what was added', async () => {
  await withPage(browser, {}, async (page) => {
    await openNew(page, 'By mistake');
    await field(page, 'Picture')
      .locator('input[type=file]')
      .setInputFiles(await draw(page, 'mistake.png', 30));
    await field(page, 'Picture').getByText('Ready.').waitFor();
    await page.locator('#editor').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Discard the files that you have added?').waitFor();
    await page.locator('#question').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'By mistake is saved.');
    await shownPicture(page, 'By mistake');
  });
  await removeProducts('By mistake');
});

test('20 MB survive a reload, before which the browser asks', async () => {
  await withPage(browser, {}, async (page) => {
    const held = gate();
    const first = gate();
    await routeUploads(page, async (route) => {
      await (new URL(route.request().url()).searchParams.get('part') === '1' || held.opened);
      await route.continue().catch(() => {}); // the reload has broken it off
    });
    page.on('requestfinished', (request) => request.method() === 'PUT' && first.open());
    const asked = gate();
    page.on('dialog', async (dialog) => {
      await dialog.accept();
      asked.open(dialog.type());
    });
    const file = path.join(directory, 'twenty.pdf');
    await writeFile(file, manualBytes(20 * MB));
    await openNew(page, 'Reloaded');
    await field(page, 'Manual').locator('input[type=file]').setInputFiles(file);
    await first.opened;
    await page.waitForFunction(() => localStorage['graphql-files-upload']?.includes('"sent":8388608'));
    await page.reload();
    assert.equal(await asked.opened, 'beforeunload');
    held.open();
    await page.getByText('8 MB of 20 MB are there already. Choose the file again to resume.').waitFor();
    await page.getByRole('button', { name: 'Resume twenty.pdf' }).click();
    await field(page, 'Manual').locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Reloaded is saved.');
    // What is saved is nothing to ask about.
    page.removeAllListeners('dialog');
    page.on('dialog', () => assert.fail('the browser asked'));
    await page.reload();
    await card(page, 'Reloaded').getByText('20 MB').waitFor();
  });
  await removeProducts('Reloaded');
});

test('a file that was deleted since it was chosen is told as that, at once', async () => {
  await withPage(browser, {}, async (page, complaints) => {
    const started = gate();
    await page.route('**/graphql', async (route) => {
      await (route.request().postData()?.includes('startFileUpload') && started.opened);
      await route.continue();
    });
    const file = path.join(directory, 'deleted.pdf');
    await writeFile(file, manualBytes(MB));
    await openNew(page, 'Deleted');
    const asked = page.waitForRequest((request) => request.postData()?.includes('startFileUpload'));
    await field(page, 'Manual').locator('input[type=file]').setInputFiles(file);
    await asked;
    await rm(file);
    started.open();
    await field(page, 'Manual')
      .getByText('Not sent. deleted.pdf cannot be read: it is a folder, or was changed or deleted since you chose it.')
      .waitFor();
    await screenshot(page, 'file-deleted');
    expectFailedRequests(complaints);
  });
});

test('a dropped folder is told as one', async () => {
  await withPage(browser, {}, async (page, complaints) => {
    const target = page.locator('#quick-add .picker');
    const { x, y, width, height } = await target.boundingBox();
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [directory], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data });
    }
    await page.locator('#quick-add').getByText('cannot be read: it is a folder').waitFor();
    expectFailedRequests(complaints);
  });
});

test('three large files leave connections for the rest of the page', async () => {
  const held = gate();
  let sent = 0;
  const four = gate();
  const proxy = await startFaultyProxy(server, (incoming) => {
    if (incoming.method !== 'PUT') {
      return undefined;
    }
    sent++;
    if (sent === 4) {
      four.open();
    }
    return held.opened;
  });
  try {
    await withPage(browser, { url: proxy.url }, async (page) => {
      await page.evaluate(async () => {
        const { createUploader } = await import('/upload/index.js');
        const uploader = createUploader({ storage: null });
        window.uploads = ['a', 'b', 'c'].map((name) =>
          uploader.upload('Product.attachment', new File([new Uint8Array(40 * 1024 * 1024)], name)),
        );
      });
      await four.opened;
      const answer = await page.evaluate(async () => {
        const response = await fetch('/graphql', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{"query":"{ __typename }"}',
        });
        return response.json();
      });
      assert.deepEqual(answer, { data: { __typename: 'Query' } });
      assert.equal(sent, 4);
      held.open();
      assert.equal(await page.evaluate(async () => (await Promise.all(window.uploads.map((u) => u.token))).length), 3);
    });
  } finally {
    await proxy.stop();
  }
});

test('a server that hangs is noticed, and what hung is sent again', async () => {
  let hung = 0;
  const proxy = await startFaultyProxy(server, (incoming) =>
    incoming.method === 'PUT' && hung++ === 0 ? new Promise(() => {}) : undefined,
  );
  try {
    await withPage(browser, { url: proxy.url }, async (page) => {
      const errors = await page.evaluate(async () => {
        const { createUploader } = await import('/upload/index.js');
        // On a slow machine what does not hang may seem to.
        const uploader = createUploader({ storage: null, stallTimeout: 500, delay: () => 0, retries: 1000 });
        const seen = [];
        const upload = uploader.upload('Product.attachment', new File(['hello'], 'a.txt'), {
          onChange: ({ error }) => error && seen.push(error.code),
        });
        await upload.token;
        return seen;
      });
      assert.equal(errors[0], 'CONNECTION_STALLED');
    });
  } finally {
    await proxy.stop();
  }
});

test('a proxy that passes on GraphQL only is told as that', async () => {
  const proxy = await startFaultyProxy(server, ({ method }) => (method === 'PUT' ? 404 : undefined));
  try {
    await withPage(browser, { url: proxy.url }, async (page, complaints) => {
      await openNew(page, 'Behind a proxy');
      await field(page, 'Picture')
        .locator('input[type=file]')
        .setInputFiles(await draw(page, 'proxy.png', 30));
      await field(page, 'Picture')
        .getByText(/Not sent\. Nothing takes files at http:.* A proxy must pass this path on to the server too\./)
        .waitFor();
      expectFailedRequests(complaints);
    });
  } finally {
    await proxy.stop();
  }
});

test('a session that ends while a file is sent keeps it, and it goes on after the user has signed in', async () => {
  const secured = await startExample(() => ['--spring.profiles.active=secured']);
  try {
    await withPage(browser, { url: secured.url }, async (page, complaints) => {
      await signIn(page);
      const held = gate();
      const sent = [];
      let failed = false;
      await routeUploads(page, async (route) => {
        const part = new URL(route.request().url()).searchParams.get('part');
        if (part === '3' && !failed) {
          failed = true;
          await held.opened;
          await route.fulfill({ status: 503 });
          return;
        }
        sent.push(part);
        await route.continue();
      });
      await openNew(page, 'Signed out');
      const manual = field(page, 'Manual');
      await manual.locator('input[type=file]').setInputFiles(pdf('session.pdf', 20 * MB));
      await page.waitForFunction(() => localStorage['graphql-files-upload']?.includes('"sent":16777216'));
      await page.context().clearCookies();
      held.open();
      await manual.getByText('You are signed out. Sign in again').waitFor();
      await manual.getByRole('link', { name: 'Sign in in a new tab' }).waitFor();
      await screenshot(page, 'upload-blocked');
      assert.deepEqual(await barriers(page), []);
      assert.equal(await page.evaluate(() => JSON.parse(localStorage['graphql-files-upload']).length), 1);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Not saved: session.pdf has not been sent. Try again, or remove it.').waitFor();

      const tab = await page.context().newPage();
      await tab.goto(secured.url);
      await signIn(tab);
      await tab.close();
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await manual.getByText('Ready.').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await announced(page, 'Signed out is saved.');
      await card(page, 'Signed out').getByText('20 MB').waitFor();
      assert.deepEqual(sent.sort(), ['1', '2', '3']);
      const href = await card(page, 'Signed out')
        .getByRole('link', { name: 'session.pdf', exact: true })
        .getAttribute('href');
      await assertServed({ url: href, fileName: 'session.pdf' }, new File([manualBytes(20 * MB)], 'session.pdf'));
      expectFailedRequests(complaints);
    });
  } finally {
    await secured.stop();
  }
});

async function signIn(page) {
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Username').fill('alice');
  await page.getByLabel('Password').fill('alice');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#account', { hasText: 'alice' }).waitFor();
}
