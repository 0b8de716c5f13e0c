import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { UploadError, createUploader } from '../src/index.js';
import { memory, startServer } from './support/server.js';

const HOUR = 60 * 60 * 1000;
const TEMPORARY = () => new UploadError('Later.', { temporary: true });

let clock;
let server;
let storage;
before(async () => {
  server = await startServer({ now: () => clock });
});
beforeEach(() => {
  clock = Date.now();
  storage = memory();
  server.requests.length = 0;
});
after(() => server.stop());

function uploader(options) {
  return createUploader({ graphql: server.run, storage, delay: () => 0, now: () => clock, ...options });
}

const file = (content = 'hello') => new File([content], 'hello.txt', { type: 'text/plain', lastModified: 1 });

test('a file goes in one request', async () => {
  const states = [];
  const upload = uploader().upload('Product.image', file(), {
    onChange: ({ state, sent }) => states.push(`${state} ${sent}`),
  });
  const token = await upload.token;

  assert.equal(server.content(token), 'hello');
  assert.deepEqual(server.requests, ['startFileUpload', 'PUT 0']);
  assert.equal(states.at(-1), 'done 5');
});

test('a file in parts is asked for until nothing is missing', async () => {
  const token = await uploader({ concurrency: 1 }).upload('Product.manual', file('hello world'), { inParts: true })
    .token;

  assert.equal(server.content(token), 'hello world');
  assert.deepEqual(server.requests, ['startFileUpload', 'PUT 1', 'PUT 2', 'PUT 3', 'fileUpload']);
});

test('a part that fails is sent again, and the others are not', async () => {
  server.refuse('PUT 2', { status: 503 });
  const token = await uploader({ concurrency: 1 }).upload('Product.manual', file('hello world'), { inParts: true })
    .token;

  assert.equal(server.content(token), 'hello world');
  assert.deepEqual(server.requests, [
    'startFileUpload',
    'PUT 1',
    'PUT 2',
    'fileUpload',
    'PUT 2',
    'PUT 3',
    'fileUpload',
  ]);
});

test('the server says how long to wait, if that is longer', async () => {
  const delays = [];
  server.refuse('PUT 0', { status: 503, headers: { 'Retry-After': '0' } }, { status: 503 });
  await uploader({ delay: (attempt) => delays.push(attempt) && 0 }).upload('Product.image', file()).token;
  assert.deepEqual(delays, [1, 2]);
});

for (const code of ['RequestTimeout', 'ExpiredToken']) {
  test(`a store's 400 with ${code} may pass`, async () => {
    server.refuse('PUT 0', { status: 400, body: `<Error><Code>${code}</Code></Error>` });
    assert.equal(server.content(await uploader().upload('Product.image', file()).token), 'hello');
  });
}

test('another 400 is final', async () => {
  server.refuse('PUT 0', { status: 400, body: '<Error><Code>BadDigest</Code></Error>' });
  const upload = uploader().upload('Product.image', file());

  await assert.rejects(upload.token, { message: 'The upload was refused with status 400.', temporary: false });
  assert.equal(upload.state, 'failed');
});

test('after the last of its retries an upload has failed, and a later one resumes it', async () => {
  // The first failure counts for nothing: part 1 had arrived since the look before.
  server.refuse('PUT 2', { status: 503 }, { status: 503 }, { status: 503 });
  const failed = uploader({ concurrency: 1, retries: 1 }).upload('Product.manual', file('hello'), { inParts: true });
  await assert.rejects(failed.token, /status 503/);

  const later = uploader();
  assert.deepEqual(
    later.unfinished().map(({ field, name, sent }) => [field, name, sent]),
    [['Product.manual', 'hello.txt', 4]],
  );
  server.requests.length = 0;
  const token = await later.upload('Product.manual', file('hello'), { inParts: true }).token;

  assert.equal(server.content(token), 'hello');
  assert.deepEqual(server.requests, ['fileUpload', 'PUT 2', 'fileUpload']);
  later.forget('Product.manual', file('hello'));
  assert.deepEqual(later.unfinished(), []);
});

test('an operation that fails for good ends the upload, one that may pass does not', async () => {
  server.refuse('startFileUpload', new UploadError('No.', { code: 'FILE_FORBIDDEN' }));
  await assert.rejects(uploader().upload('Product.image', file()).token, { code: 'FILE_FORBIDDEN' });

  server.refuse('startFileUpload', TEMPORARY(), TEMPORARY());
  assert.equal(server.content(await uploader().upload('Product.image', file()).token), 'hello');
});

test('a saved upload that the server no longer has is begun anew', async () => {
  server.refuse('PUT 1', { status: 400, body: 'no' });
  await assert.rejects(uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true }).token);
  server.requests.length = 0;
  server.refuse('fileUpload', new UploadError('Over.', { code: 'FILE_TOKEN_EXPIRED' }));

  const token = await uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true }).token;
  assert.equal(server.content(token), 'hello');
  assert.deepEqual(server.requests, ['fileUpload', 'startFileUpload', 'PUT 1', 'PUT 2', 'fileUpload']);
});

test('a token is renewed before it has only half of its time left', async () => {
  const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), {
    inParts: true,
    onChange: ({ sent }) => {
      clock += sent === 4 ? HOUR : 0;
    },
  });
  assert.equal(server.content(await upload.token), 'hello');
  assert.deepEqual(server.requests, ['startFileUpload', 'PUT 1', 'fileUpload', 'PUT 2', 'fileUpload']);
});

test('a paused upload sends nothing until it is resumed', async () => {
  const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true });
  upload.pause();
  assert.equal(upload.state, 'paused');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(server.requests, []);

  upload.resume();
  assert.equal(server.content(await upload.token), 'hello');
});

test('an aborted upload is deleted at the server and forgotten here', async () => {
  const uploads = server.count();
  const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), {
    inParts: true,
    onChange: (each) => each.sent === 4 && void each.abort(),
  });
  await assert.rejects(upload.token, { code: 'ABORTED' });
  await upload.abort();

  assert.equal(upload.state, 'aborted');
  assert.deepEqual(uploader().unfinished(), []);
  await aborted();
  assert.equal(server.count(), uploads);
});

/** The first of two calls of abort tells the server; the second returns at once. */
async function aborted() {
  while (!server.requests.includes('abortFileUpload')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('an unfinished upload can be discarded', async () => {
  server.refuse('PUT 1', { status: 400, body: 'no' });
  await assert.rejects(uploader().upload('Product.manual', file('hello'), { inParts: true }).token);
  const uploads = server.count();

  const later = uploader();
  await later.discard(later.unfinished()[0]);

  assert.deepEqual(later.unfinished(), []);
  assert.equal(server.count(), uploads - 1);
});
