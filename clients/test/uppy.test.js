// Uppy as it comes from npm, in Chromium, against the example: its newest major version and the one before.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertServed, createWithToken, graphql, manualBytes } from './support/catalogue.js';
import { bundledClients } from './support/clients.js';
import { startExample } from './support/example.js';

const MB = 1024 * 1024;

const { withClients, directory } = bundledClients();

/** An example whose files are at another origin. */
let other;
before(async () => {
  other = await startExample((port) => [`--graphql.files.base-url=http://localhost:${port}`]);
});
after(() => other?.stop());

const VERSIONS = [
  // The policy of the application must permit the answers that the signer for version 6 makes itself.
  { version: 6, create: 'createUppy', permissive: { bypassCSP: true } },
  { version: 5, create: 'createUppy5', permissive: {} },
];

/**
 * Waits in the page until Golden Retriever has written what it knows of an upload, which it does a little later: version 6
 * into IndexedDB, version 5 into localStorage. Not for waitForFunction, which does not wait for promises.
 */
async function remembered() {
  const hasUpload = (text) => /"s3Multipart":\{[^}]*"uploadId"/.test(text);
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const inLocalStorage = () => Object.keys(localStorage).some((key) => hasUpload(localStorage[key]));
  const inDatabase = async () => {
    const db = await settled(indexedDB.open('uppy-blobs'));
    try {
      const known = db.objectStoreNames.contains('metadata')
        ? await settled(db.transaction('metadata').objectStore('metadata').getAll())
        : [];
      return known.some(({ metadata }) => hasUpload(metadata));
    } finally {
      db.close();
    }
  };
  while (!inLocalStorage() && !(await inDatabase())) {
    await new Promise(requestAnimationFrame);
  }
}

const remove = (id) => graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id });

for (const { version, create, permissive } of VERSIONS) {
  test(`Uppy ${version} sends parts, pauses, resumes, and goes on after a reload`, async () => {
    await withClients(async (page, load) => {
      const bytes = manualBytes(40 * MB);
      const file = path.join(directory(), 'by uppy.pdf');
      await writeFile(file, bytes);
      const part = (request) => new URL(request.url()).searchParams.get('part');
      const sent = [];
      page.on('requestfinished', (request) => request.method() === 'PUT' && sent.push(part(request)));
      const answers = [];
      page.on('response', (response) => {
        const request = response.request();
        if (request.method() === 'PUT') {
          answers.push(
            `${part(request)} of ${new URL(request.url()).searchParams.get('upload')}: ${response.status()}`,
          );
        }
      });
      await page.locator('#chosen').setInputFiles(file);
      await page.evaluate((name) => {
        const uppy = window[name]('Product.manual', { limit: 1 });
        const [data] = document.querySelector('#chosen').files;
        window.parts = [];
        uppy.on('s3-multipart:part-uploaded', (_, { PartNumber }) => {
          window.parts.push(PartNumber);
          if (PartNumber === 2 || PartNumber === 4) {
            uppy.pauseAll();
          }
        });
        uppy.addFile({ name: data.name, type: data.type, data });
        uppy.upload();
        window.uppy = uppy;
      }, create);
      await page.waitForFunction(() => window.parts.length === 2);
      await page.evaluate(() => window.uppy.resumeAll());
      await page.waitForFunction(() => window.parts.length === 4);
      await page.evaluate(remembered);

      await page.reload();
      await load();
      const token = await page.evaluate(
        (name) =>
          new Promise((resolve, reject) => {
            window.uppy = window[name]('Product.manual', {});
            window.uppy.on('upload-success', (_, { uploadURL }) => resolve(uploadURL));
            window.uppy.on('upload-error', (_, error) => reject(error));
            window.uppy.on('restored', () => window.uppy.emit('restore-confirmed'));
          }),
        create,
      );
      const product = await createWithToken('manual', token);
      await assertServed(product.manual, new File([bytes], 'by uppy.pdf'));
      assert.deepEqual(sent.sort(), ['1', '2', '3', '4', '5'], `expected each part once, found ${answers.join(', ')}`);
      await remove(product.id);
    }, permissive);
  });

  test(`Uppy ${version} reads the ETags of parts that go to another origin, and ends with a renewed token`, async () => {
    await withClients(
      async (page) => {
        const bytes = manualBytes(17 * MB);
        const parts = [];
        const tokens = {};
        page.on('request', (request) => request.method() === 'PUT' && parts.push(new URL(request.url()).hostname));
        page.on('request', (request) => {
          if (request.postData()?.includes('completeFileUpload')) {
            tokens.completed = request.postDataJSON().variables.token;
          }
        });
        await page
          .locator('#chosen')
          .setInputFiles({ name: 'away.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) });
        await page.evaluate((name) => {
          const uppy = window[name]('Product.manual', {});
          const [data] = document.querySelector('#chosen').files;
          uppy.on('s3-multipart:part-uploaded', (file) => {
            window.first = uppy.getFile(file.id).s3Multipart.uploadId;
          });
          uppy.on('upload-success', (_, { uploadURL }) => {
            window.ended = { token: uploadURL };
          });
          uppy.on('upload-error', (_, { message }) => {
            window.ended = { message };
          });
          uppy.addFile({ name: data.name, type: data.type, data });
          uppy.upload();
        }, create);
        const { token, message } = await (await page.waitForFunction(() => window.ended)).jsonValue();
        assert.equal(message, undefined);
        const { manual } = await createWithToken('manual', token, other.url);
        await assertServed(manual, new File([bytes], 'away.pdf'));
        assert.deepEqual(parts, ['localhost', 'localhost', 'localhost']);
        assert.equal(new URL(page.url()).hostname, '127.0.0.1');
        const first = await page.evaluate(() => window.first);
        assert.ok(first && tokens.completed && tokens.completed !== first);
      },
      { ...permissive, url: other.url },
    );
  });
}

test('Uppy 6 sends a small file in one request', async () => {
  await withClients(
    async (page) => {
      const bytes = manualBytes(MB);
      const puts = [];
      page.on('request', (request) => request.method() === 'PUT' && puts.push(new URL(request.url()).searchParams));
      await page
        .locator('#chosen')
        .setInputFiles({ name: 'small.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) });
      const token = await page.evaluate(async () => {
        const uppy = window.createUppy('Product.manual', {});
        const [data] = document.querySelector('#chosen').files;
        const id = uppy.addFile({ name: data.name, type: data.type, data });
        await uppy.upload();
        return uppy.getFile(id).meta.directUploadToken;
      });
      const product = await createWithToken('manual', token);
      await assertServed(product.manual, new File([bytes], 'small.pdf'));
      assert.equal(puts.length, 1);
      assert.equal(puts[0].has('part'), false);
      await remove(product.id);
    },
    { bypassCSP: true },
  );
});
