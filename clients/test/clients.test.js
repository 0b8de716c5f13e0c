// Clients from npm as they are, in Chromium, against the example.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { assertServed, createWithToken, graphql, manualBytes, picture, server } from './support/catalogue.js';
import { bundledClients } from './support/clients.js';

const MB = 1024 * 1024;

const { withClients, directory } = bundledClients();

/** How a test says which bytes were sent, and that they come back. */
async function assertCreated(product, file) {
  assert.equal(product.image.mimeType, 'image/png');
  await assertServed(product.image, file);
  await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
}

/** A file as Playwright takes it. */
async function chosen(file) {
  return { name: file.name, mimeType: file.type, buffer: Buffer.from(await file.arrayBuffer()) };
}

for (const client of ['withApollo', 'withApollo3', 'withUrql', 'withRelay', 'withGraphqlRequest', 'withFetch']) {
  test(`a picture sent ${client.replace('with', 'with ')}`, async () => {
    await withClients(async (page) => {
      const file = await picture();
      await page.locator('#chosen').setInputFiles(await chosen(file));
      const product = await page.evaluate((name) => window[name](document.querySelector('#chosen').files[0]), client);
      await assertCreated(product, file);
    });
  });
}

test('a picture sent with TanStack Query, with a bar', async () => {
  await withClients(async (page) => {
    const file = await picture();
    await page.evaluate(() => {
      const place = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'tanstack' }));
      window.mountTanstack(place, (product) => {
        window.created = product;
      });
    });
    await page.locator('#tanstack input').setInputFiles(await chosen(file));
    const product = await (await page.waitForFunction(() => window.created)).jsonValue();
    await assertCreated(product, file);
    const bar = page.locator('#tanstack progress');
    assert.deepEqual(await bar.evaluate(({ value, max }) => [value, max]), [file.size, file.size]);
  });
});

test('FilePond sends pictures, says why one is refused, and takes one back', async () => {
  await withClients(async (page) => {
    const file = await picture();
    await page.evaluate(() => {
      const input = document.body.appendChild(document.createElement('input'));
      input.type = 'file';
      window.pond = window.createFilePond(input);
    });
    const tokens = async (count) => {
      const found = await page.waitForFunction((many) => {
        const ready = window.pond.getFiles().filter(({ serverId }) => serverId);
        return ready.length === many && ready.map(({ serverId }) => serverId);
      }, count);
      return found.jsonValue();
    };
    const input = page.locator('.filepond--root input[type=file]');
    await input.setInputFiles([await chosen(file), { ...(await chosen(file)), name: 'second.png' }]);
    const [first, second] = await tokens(2);

    await page.evaluate((token) => {
      const item = window.pond.getFiles().find(({ serverId }) => serverId === token);
      return window.pond.removeFile(item.id, { revert: true });
    }, second);
    assert.deepEqual(await tokens(1), [first]);
    await assert.rejects(
      createWithToken('gallery', second, undefined, (token) => [token]),
      { code: 'FILE_UPLOAD_INCOMPLETE' },
    );

    await input.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(21 * MB) });
    await page.locator('.filepond--file-status-main', { hasText: 'larger than 20 MB' }).waitFor({ state: 'attached' });
    const { gallery, id } = await createWithToken('gallery', first, undefined, (token) => [token]);
    await assertServed(gallery[0], file);
    await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id });
  });
});

for (const [way, mode] of [
  ['multipart', 'a part of a multipart request'],
  ['token', 'straight to the store'],
]) {
  test(`Python's standard library sends a picture as ${mode}`, async () => {
    const file = await picture();
    const name = path.join(directory(), file.name);
    await writeFile(name, Buffer.from(await file.arrayBuffer()));
    const script = path.join(import.meta.dirname, 'clients/create_product.py');
    const { stdout } = await promisify(execFile)('python3', [script, server, name, way]);
    await assertCreated(JSON.parse(stdout), file);
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
