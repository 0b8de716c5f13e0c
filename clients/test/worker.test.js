// graphql-files-upload in a dedicated Web Worker of Chromium: XMLHttpRequest is there, the document is not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withPage } from './support/browser.js';
import { assertServed, createWithToken, graphql, manualBytes, server } from './support/catalogue.js';

const MB = 1024 * 1024;

const WORKER = `
  import { createUploader } from '${server}/upload/index.js';
  addEventListener('message', async ({ data }) => {
    try {
      const upload = createUploader().upload('Product.manual', data.file, { inParts: data.inParts });
      postMessage({ token: await upload.token });
    } catch (e) {
      postMessage({ error: String(e) });
    }
  });`;

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

test('a worker sends files, whole and in parts', async () => {
  await withPage(browser, {}, async (page) => {
    await page.route('**/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: WORKER }));
    const buffer = manualBytes(9 * MB);
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'chosen' })),
    );
    await page.locator('#chosen').setInputFiles({ name: 'work.pdf', mimeType: 'application/pdf', buffer });
    for (const inParts of [false, true]) {
      const { token, error } = await page.evaluate(
        (parts) =>
          new Promise((resolve, reject) => {
            const worker = new Worker('worker.js', { type: 'module' });
            worker.addEventListener('message', ({ data }) => resolve(data));
            worker.addEventListener('error', ({ message }) => reject(new Error(message)));
            worker.postMessage({ file: document.querySelector('#chosen').files[0], inParts: parts });
          }),
        inParts,
      );
      assert.equal(error, undefined);
      const product = await createWithToken('manual', token);
      await assertServed(product.manual, new File([buffer], 'work.pdf'));
      await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
    }
  });
});
