// Clients from npm as they are, in Chromium, against the example.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { startBrowser, withPage } from './support/browser.js';
import { startExample } from './support/example.js';
import { assertServed, createWithToken, graphql, manualBytes, picture } from './support/catalogue.js';

const MB = 1024 * 1024;

let browser;
let bundle;
let directory;
before(async () => {
  const built = await build({
    entryPoints: [path.join(import.meta.dirname, 'clients/index.js')],
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  bundle = built.outputFiles[0].text;
  browser = await startBrowser();
  directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-clients-'));
});
after(async () => {
  await browser.close();
  await rm(directory, { recursive: true });
});

/** The page with the clients in it and a file input; load brings them back after a reload. */
async function withClients(work, options = {}) {
  await withPage(browser, options, async (page) => {
    const load = async () => {
      await page.evaluate(bundle);
      await page.evaluate(() =>
        document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'chosen' })),
      );
    };
    await load();
    await work(page, load);
  });
}

for (const client of ['withApollo', 'withUrql', 'withGraphqlRequest', 'withFetch']) {
  test(`a picture sent ${client.replace('with', 'with ')}`, async () => {
    await withClients(async (page) => {
      const file = await picture();
      const buffer = Buffer.from(await file.arrayBuffer());
      await page.locator('#chosen').setInputFiles({ name: file.name, mimeType: file.type, buffer });
      const product = await page.evaluate((name) => window[name](document.querySelector('#chosen').files[0]), client);
      assert.equal(product.image.mimeType, 'image/png');
      await assertServed(product.image, file);
      await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
    });
  });
}

test('errors are told in the language of the application', async () => {
  await withClients(async (page) => {
    const large = { name: 'groß.png', mimeType: 'image/png', buffer: Buffer.alloc(6 * MB) };
    await page.locator('#chosen').setInputFiles(large);
    const told = await page.evaluate(() => window.objectionInGerman(document.querySelector('#chosen').files[0]));
    assert.equal(told, 'groß.png: höchstens 5 MB.');
  });
});

test('a manual sent in parts with a bar', async () => {
  await withClients(async (page) => {
    const buffer = manualBytes(9 * MB);
    await page.locator('#chosen').setInputFiles({ name: 'bar.pdf', mimeType: 'application/pdf', buffer });
    const [token, shown] = await page.evaluate(async () => {
      const bar = document.createElement('progress');
      const upload = window.withProgress(document.querySelector('#chosen').files[0], bar);
      return [await upload.token, bar.value];
    });
    assert.equal(shown, 1);
    const product = await createWithToken('manual', token);
    await assertServed(product.manual, new File([buffer], 'bar.pdf'));
    await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
  });
});

test('Uppy sends parts, pauses, resumes, and goes on after a reload', async () => {
  await withClients(async (page, load) => {
    const bytes = manualBytes(40 * MB);
    const file = path.join(directory, 'by uppy.pdf');
    await writeFile(file, bytes);
    const sent = [];
    page.on(
      'requestfinished',
      (request) => request.method() === 'PUT' && sent.push(new URL(request.url()).searchParams.get('part')),
    );
    await page.locator('#chosen').setInputFiles(file);
    await page.evaluate(() => {
      const uppy = window.createUppy('Product.manual', { limit: 1 });
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
    });
    await page.waitForFunction(() => window.parts.length === 2);
    await page.evaluate(() => window.uppy.resumeAll());
    await page.waitForFunction(() => window.parts.length === 4);
    // Golden Retriever writes a little later what it knows.
    await page.waitForFunction(() =>
      Object.keys(localStorage).some(
        (key) => key.startsWith('uppyState:') && localStorage[key].includes('s3Multipart'),
      ),
    );

    await page.reload();
    await load();
    const token = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          window.uppy = window.createUppy('Product.manual', {});
          window.uppy.on('upload-success', (_, { uploadURL }) => resolve(uploadURL));
          window.uppy.on('upload-error', (_, error) => reject(error));
          window.uppy.on('restored', () => window.uppy.emit('restore-confirmed'));
        }),
    );
    const product = await createWithToken('manual', token);
    await assertServed(product.manual, new File([bytes], 'by uppy.pdf'));
    assert.deepEqual(sent.sort(), ['1', '2', '3', '4', '5']);
    await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
  });
});

test('Uppy reads the ETags of parts that go to another origin, and ends with a renewed token', async () => {
  const other = await startExample((port) => [`--graphql.files.base-url=http://localhost:${port}`]);
  try {
    await withClients(
      async (page) => {
        const bytes = manualBytes(9 * MB);
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
        await page.evaluate(() => {
          const uppy = window.createUppy('Product.manual', {});
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
        });
        const { token, message } = await (await page.waitForFunction(() => window.ended)).jsonValue();
        assert.equal(message, undefined);
        const { manual } = await createWithToken('manual', token, other.url);
        await assertServed(manual, new File([bytes], 'away.pdf'));
        assert.deepEqual(parts, ['localhost', 'localhost']);
        assert.equal(new URL(page.url()).hostname, '127.0.0.1');
        const first = await page.evaluate(() => window.first);
        assert.ok(first && tokens.completed && tokens.completed !== first);
      },
      { url: other.url },
    );
  } finally {
    await other.stop();
  }
});
