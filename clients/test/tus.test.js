// tus-js-client and Uppy's plugin for tus as they come from npm, against the example.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Upload } from 'tus-js-client';
import { startBucket } from './support/bucket.js';
import { assertServed, createWithToken, graphql, manual, manualBytes, server } from './support/catalogue.js';
import { bundledClients } from './support/clients.js';
import { startExample } from './support/example.js';
import { startFaultyProxy } from './support/faulty-proxy.js';

const MB = 1024 * 1024;
const PART = 8 * MB;
const TOKEN = 'Graphql-Files-Token';

const { withClients } = bundledClients();

/** An example whose files are at another origin. */
let other;
before(async () => {
  other = await startExample((port) => [`--graphql.files.base-url=http://localhost:${port}`]);
});
after(() => other?.stop());

const remove = (id, at) => graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id }, at);

async function endpoint(field = 'Product.manual', at = server) {
  const { tusEndpoint } = await graphql('query ($f: String!) { tusEndpoint(field: $f) { url } }', { f: field }, at);
  return tusEndpoint.url;
}

/** From Node.js: bytes, not a File. Gives the token, and where each request that sent bytes began. */
function send(bytes, options) {
  const offsets = [];
  return new Promise((resolve, reject) => {
    const upload = new Upload(Buffer.from(bytes), {
      metadata: { filename: 'manual.pdf', filetype: 'application/pdf' },
      onBeforeRequest: (request) => {
        if (request.getMethod() === 'PATCH') {
          offsets.push(Number(request.getHeader('Upload-Offset')));
        }
      },
      onSuccess: ({ lastResponse }) => resolve({ token: lastResponse.getHeader(TOKEN), offsets, upload }),
      onError: reject,
      ...options,
    });
    upload.start();
  });
}

async function assertUsable(field, token, bytes, at = server) {
  const product = await createWithToken(field, token, at);
  await assertServed(product[field], new File([bytes], 'manual.pdf'));
  await remove(product.id, at);
}

for (const [what, options] of [
  ['in one request', {}],
  ['in chunks that are smaller than parts', { chunkSize: 3 * MB }],
  ['in chunks that are larger than parts', { chunkSize: 9 * MB + 1 }],
  ['with the first chunk in the creation', { chunkSize: 5 * MB, uploadDataDuringCreation: true }],
  ['by POST alone', { chunkSize: 9 * MB, overridePatchMethod: true }],
]) {
  test(`tus-js-client creates an upload and sends it ${what}`, async () => {
    const bytes = manualBytes(20 * MB);
    const { token } = await send(bytes, { endpoint: await endpoint(), ...options });
    await assertUsable('manual', token, bytes);
  });
}

test('tus-js-client sends to the URL of an upload that was started before', async () => {
  const bytes = manualBytes(MB);
  const input = { field: 'Product.manual', fileName: 'manual.pdf', byteSize: MB, inParts: true };
  const { startFileUpload } = await graphql(
    'mutation ($input: StartFileUploadInput!) { startFileUpload(input: $input) { token tusUrl } }',
    { input },
  );
  await send(bytes, { uploadUrl: startFileUpload.tusUrl });
  await assertUsable('manual', startFileUpload.token, bytes);
});

test('tus-js-client sends an empty file', async () => {
  const metadata = { filename: 'empty.txt', filetype: 'text/plain' };
  const { token } = await send(Buffer.alloc(0), { endpoint: await endpoint('Product.attachment'), metadata });
  const product = await createWithToken('attachment', token);
  assert.equal(product.attachment.byteSize, 0);
  await remove(product.id);
});

test('tus-js-client goes on after connections broke and answers were lost', async () => {
  const faults = ['cut', undefined, 'lose answer', undefined, 503];
  const proxy = await startFaultyProxy(server, (incoming) =>
    incoming.method === 'PATCH' ? faults.shift() : undefined,
  );
  try {
    const bytes = manualBytes(20 * MB);
    const { token, offsets } = await send(bytes, {
      endpoint: (await endpoint()).replace(server, proxy.url),
      chunkSize: 3 * MB,
      retryDelays: Array(50).fill(50),
    });
    await assertUsable('manual', token, bytes);
    assert.equal(faults.length, 0);
    // What was received before an answer was lost is not sent again: only the broken connection may have lost some.
    assert.ok(offsets.length <= 7 + 3, `${offsets}`);
  } finally {
    await proxy.stop();
  }
});

test('tus-js-client terminates an upload', async () => {
  const input = { field: 'Product.manual', fileName: 'manual.pdf', byteSize: 2 * MB, inParts: true };
  const { startFileUpload } = await graphql(
    'mutation ($input: StartFileUploadInput!) { startFileUpload(input: $input) { token tusUrl } }',
    { input },
  );
  const { upload } = await send(manualBytes(2 * MB), { uploadUrl: startFileUpload.tusUrl });
  await upload.abort(true);
  await assert.rejects(createWithToken('manual', startFileUpload.token), { code: 'FILE_UPLOAD_INCOMPLETE' });
});

test('tus-js-client is told what a field does not take', async () => {
  const picture = await endpoint('Product.image');
  await assert.rejects(send(manualBytes(1000), { endpoint: picture, retryDelays: null }), /response code: 415/);
  await assert.rejects(send(manualBytes(20 * MB), { endpoint: picture, retryDelays: null }), /response code: 413/);
});

for (const store of ['a directory', 'a bucket']) {
  test(`the server is killed in the middle of an upload to ${store}: only the rest is sent again`, async () => {
    const size = Number(process.env.TUS_TEST_MB ?? 64) * MB;
    const bytes = manualBytes(size);
    const bucket = store === 'a bucket' ? await startBucket() : undefined;
    let example = await startExample(() => bucket?.options ?? [], bucket?.variables ?? {});
    try {
      let place;
      let sent = 0;
      let restarted = Promise.resolve();
      const { token, offsets } = await send(bytes, {
        endpoint: await endpoint('Product.manual', example.url),
        retryDelays: Array(1000).fill(500),
        onProgress: (count) => {
          if (!place && count > size / 2) {
            sent = count;
            place = example.kill();
            restarted = startExample(() => bucket?.options ?? [], bucket?.variables ?? {}, place).then((next) => {
              example = next;
            });
          }
        },
      });
      await restarted;
      await assertUsable('manual', token, bytes, example.url);
      const [first, ...again] = offsets.filter((offset, index) => offset !== offsets[index - 1]);
      assert.equal(first, 0);
      assert.equal(again.length, 1, `${offsets}`);
      assert.equal(again[0] % PART, 0);
      // What was in one part, in sockets and in buffers of both sides is lost with the process.
      assert.ok(again[0] >= sent - 2 * PART, `${again[0]} of the ${sent} bytes that were sent had been kept`);
    } finally {
      await example.stop();
      await bucket?.stop();
    }
  });
}

test('tus-js-client in a browser goes on after a reload', async () => {
  await withClients(async (page, load) => {
    const file = manual(20 * MB);
    const bytes = Buffer.from(await file.arrayBuffer());
    const choose = () =>
      page.locator('#chosen').setInputFiles({ name: 'manual.pdf', mimeType: 'application/pdf', buffer: bytes });
    const offsets = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') {
        offsets.push(Number(request.headers()['upload-offset']));
      }
    });
    await choose();
    await page.evaluate(() => {
      const [{ name, type }] = document.querySelector('#chosen').files;
      const [chosen] = document.querySelector('#chosen').files;
      const named = new File([chosen], name, { type, lastModified: 1 });
      window.sent = 0;
      window.sendByTus('Product.manual', named, {
        chunkSize: 3 * 1024 * 1024,
        onChunkComplete: (size, accepted) => {
          window.sent = accepted;
          return accepted < 9 * 1024 * 1024 ? undefined : new Promise(() => {});
        },
      });
    });
    await page.waitForFunction(() => window.sent >= 9 * 1024 * 1024);

    await page.reload();
    await load();
    const sentBefore = offsets.length;
    await choose();
    const token = await page.evaluate(() => {
      const [chosen] = document.querySelector('#chosen').files;
      const named = new File([chosen], chosen.name, { type: chosen.type, lastModified: 1 });
      return window.sendByTus('Product.manual', named, { chunkSize: 3 * 1024 * 1024 });
    });
    await assertUsable('manual', token, bytes);
    assert.deepEqual(offsets.slice(0, 3), [0, 3 * MB, 6 * MB]);
    // Of the chunk that the reload cut off, the server keeps what it has got.
    const [resumed, ...rest] = offsets.slice(sentBefore);
    assert.ok(resumed >= 9 * MB, `${offsets}`);
    assert.deepEqual(
      rest,
      rest.map((_, index) => resumed + (index + 1) * 3 * MB),
    );
  });
});

test('Uppy with its plugin for tus sends to another origin, pauses and resumes', async () => {
  await withClients(
    async (page) => {
      const bytes = manualBytes(20 * MB);
      const hosts = new Set();
      const offsets = [];
      page.on('request', (request) => {
        if (request.method() === 'PATCH') {
          hosts.add(new URL(request.url()).hostname);
          offsets.push(Number(request.headers()['upload-offset']) / MB);
        }
      });
      await page
        .locator('#chosen')
        .setInputFiles({ name: 'manual.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) });
      await page.evaluate(async () => {
        const [data] = document.querySelector('#chosen').files;
        window.chunks = 0;
        const uppy = await window.createUppyTus('Product.manual', {
          chunkSize: 4 * 1024 * 1024,
          onChunkComplete: () => {
            window.chunks++;
            if (window.chunks === 2) {
              uppy.pauseAll();
            }
          },
        });
        uppy.on('upload-success', (file) => {
          window.token = uppy.getFile(file.id).meta.directUploadToken;
        });
        uppy.addFile({ name: data.name, type: data.type, data });
        uppy.upload();
        window.uppy = uppy;
      });
      await page.waitForFunction(() => window.chunks === 2);
      await page.evaluate(() => window.uppy.resumeAll());
      const token = await (await page.waitForFunction(() => window.token)).jsonValue();
      await assertUsable('manual', token, bytes, other.url);
      assert.deepEqual([...hosts], ['localhost']);
      assert.equal(new URL(page.url()).hostname, '127.0.0.1');
      assert.deepEqual([...new Set(offsets)], [0, 4, 8, 12, 16]);
    },
    { url: other.url },
  );
});
