import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

/** Waits until an upload is in a state. */
function reaches(upload, state) {
  return new Promise((resolve) => {
    const look = () => upload.state === state && resolve();
    upload.subscribe(look);
    look();
  });
}

test('a part that is answered with status 401 blocks the upload, which goes on after the sign-in', async () => {
  server.refuse('PUT 2', { status: 401 });
  const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello world'), { inParts: true });
  await reaches(upload, 'blocked');
  assert.equal(upload.error.code, 'UNAUTHENTICATED');
  upload.resume();

  assert.equal(server.content(await upload.token), 'hello world');
  assert.deepEqual(
    server.requests.filter((request) => request === 'PUT 1'),
    ['PUT 1'],
  );
});

for (const code of ['FILE_UNAUTHENTICATED', 'UNAUTHENTICATED', 'FILE_FORBIDDEN']) {
  test(`a session that ends (${code}) blocks an upload, which goes on after the user has signed in`, async () => {
    server.refuse('PUT 2', { status: 503 });
    server.refuse('fileUpload', new UploadError('Sign in.', { code }), new UploadError('Sign in.', { code }));
    const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true });
    await reaches(upload, 'blocked');

    assert.equal(upload.error.code, code);
    assert.deepEqual(
      uploader()
        .unfinished()
        .map(({ sent }) => sent),
      [4],
    );
    upload.resume();
    await reaches(upload, 'blocked');
    upload.resume();
    assert.equal(server.content(await upload.token), 'hello');
    assert.equal(server.requests.filter((request) => request === 'startFileUpload').length, 1);
    assert.equal(server.requests.filter((request) => request === 'PUT 1').length, 1);
  });
}

test('a saved upload waits for its user to sign in, and can be aborted', async () => {
  server.refuse('PUT 1', { status: 400, body: 'no' });
  await assert.rejects(uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true }).token);
  server.refuse('fileUpload', new UploadError('Sign in.', { code: 'FILE_UNAUTHENTICATED' }));
  const upload = uploader().upload('Product.manual', file('hello'));
  await reaches(upload, 'blocked');
  assert.equal(uploader().unfinished().length, 1);

  await upload.abort();
  await assert.rejects(upload.token, { code: 'ABORTED' });
  assert.deepEqual(uploader().unfinished(), []);
});

test('a saved upload of another user of the browser is begun anew', async () => {
  server.refuse('PUT 1', { status: 400, body: 'no' });
  await assert.rejects(uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true }).token);
  server.refuse('fileUpload', new UploadError('Not yours.', { code: 'FILE_FORBIDDEN' }));

  const token = await uploader().upload('Product.manual', file('hello'), { inParts: true }).token;
  assert.equal(server.content(token), 'hello');
});

test('what its user may not begin has failed', async () => {
  server.refuse('startFileUpload', new UploadError('No.', { code: 'FILE_FORBIDDEN' }));
  const upload = uploader().upload('Product.image', file());
  await assert.rejects(upload.token, { code: 'FILE_FORBIDDEN' });
  assert.equal(upload.state, 'failed');
});

test('a failed upload can be resumed, and what has arrived is not sent again', async () => {
  server.refuse('PUT 2', { status: 400, body: 'no' });
  const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true });
  const failed = upload.token;
  await assert.rejects(failed, { code: 'STORE_REFUSED', params: { status: 400 } });
  assert.equal(upload.error.code, 'STORE_REFUSED');

  upload.resume();
  assert.notEqual(upload.token, failed);
  assert.equal(upload.error, null);
  assert.equal(server.content(await upload.token), 'hello');
  assert.deepEqual(server.requests.slice(3), ['fileUpload', 'PUT 2', 'fileUpload']);
});

for (const inParts of [false, true]) {
  test(`the token of an upload ${inParts ? 'in parts ' : ''}that was done long ago is renewed`, async () => {
    const upload = uploader().upload('Product.manual', file(), { inParts });
    const first = await upload.token;
    server.requests.length = 0;
    upload.resume();
    assert.equal(await upload.token, first);
    assert.deepEqual(server.requests, []);

    clock += HOUR;
    upload.resume();
    const renewed = await upload.token;
    assert.notEqual(renewed, first);
    assert.equal(server.content(renewed), 'hello');
    assert.deepEqual(server.requests, ['fileUpload']);
  });
}

test('all files of an uploader share its limit, and each gets its turn', async () => {
  const all = uploader({ concurrency: 2 });
  const held = server.hold();
  const uploads = ['a', 'b', 'c', 'd'].map((name) =>
    all.upload('Product.image', new File(['hello'], name, { lastModified: 1 })),
  );
  await held.reached(2);
  // Whatever else was going to be sent has had every occasion.
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(held.count(), 2);

  uploads[2].pause();
  held.release();
  for (const upload of [uploads[0], uploads[1], uploads[3]]) {
    assert.equal(server.content(await upload.token), 'hello');
  }
  assert.equal(server.most(), 2);
  uploads[2].resume();
  assert.equal(server.content(await uploads[2].token), 'hello');
});

test('a file goes in parts from 16 MiB on, so that it survives a reload', async () => {
  const all = uploader();
  for (const [size, inParts] of [
    [16 * 1024 * 1024 - 1, undefined],
    [16 * 1024 * 1024, true],
  ]) {
    server.refuse('startFileUpload', new UploadError('No.'));
    await assert.rejects(all.upload('Product.manual', new File([new Uint8Array(size)], 'large')).token);
    assert.equal(server.lastInput().inParts, inParts);
  }
});

test('a file that was changed since it was chosen cannot be read, and that is said at once', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-upload-'));
  try {
    const name = path.join(directory, 'notes.txt');
    await writeFile(name, 'hello');
    const chosen = new File([await openAsBlob(name)], 'notes.txt', { lastModified: 1 });
    await writeFile(name, 'hello, changed');
    const upload = uploader().upload('Product.manual', chosen);
    await assert.rejects(upload.token, {
      code: 'FILE_UNREADABLE',
      params: { fileName: 'notes.txt' },
      message: 'notes.txt cannot be read: it is a folder, or was changed or deleted since it was chosen.',
    });
    assert.deepEqual(server.requests, []);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('a file that is changed while it is sent cannot be read either', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-upload-'));
  try {
    const name = path.join(directory, 'notes.txt');
    await writeFile(name, 'hello');
    const chosen = new File([await openAsBlob(name)], 'notes.txt', { lastModified: 1 });
    const upload = uploader({
      graphql: async (...operation) => {
        const answer = await server.run(...operation);
        await writeFile(name, 'hello, changed');
        return answer;
      },
    }).upload('Product.manual', chosen);
    await assert.rejects(upload.token, { code: 'FILE_UNREADABLE' });
    assert.deepEqual(server.requests, ['startFileUpload']);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('what is no file is refused at once', () => {
  for (const given of [{ uri: 'file:///a.png', name: 'a.png', type: 'image/png' }, 'a.png', null, undefined]) {
    assert.throws(() => uploader().upload('Product.image', given), {
      name: 'TypeError',
      message: 'file: expected a File or a Blob; in React Native, make one of the uri: await (await fetch(uri)).blob()',
    });
  }
});

for (const status of [404, 405]) {
  test(`a proxy that passes on GraphQL only (status ${status}) is told after a second look`, async () => {
    server.refuse('PUT 0', { status }, { status }, { status });
    await assert.rejects(uploader().upload('Product.image', file()).token, ({ code, message, params }) => {
      assert.equal(code, 'UPLOAD_URL_NOT_FOUND');
      assert.equal(params.status, status);
      assert.match(message, /^Nothing takes files at http:\/\/127\.0\.0\.1:\d+\/upload\d+\/0 /);
      return true;
    });
    assert.deepEqual(server.requests, ['startFileUpload', 'PUT 0', 'fileUpload', 'PUT 0']);
    server.refuse('PUT 0');
  });
}

test('snapshots are frozen, and another object only if something has changed', async () => {
  const seen = [];
  const upload = uploader({ concurrency: 1 }).upload('Product.manual', file('hello'), { inParts: true });
  assert.equal(upload.snapshot, upload.snapshot);
  const { subscribe } = upload;
  subscribe(() => seen.push(upload.snapshot));
  let calls = 0;
  const unsubscribe = subscribe(() => calls++);
  unsubscribe();
  await upload.token;

  assert.equal(calls, 0);
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.every(Object.isFrozen));
  assert.deepEqual(seen.at(-1), { state: 'done', sent: 5, total: 5, error: null });
});

test('a signal aborts an upload', async () => {
  const controller = new AbortController();
  const upload = uploader().upload('Product.image', file(), { signal: controller.signal });
  controller.abort();
  await assert.rejects(upload.token, { code: 'ABORTED' });
  assert.equal(upload.state, 'aborted');

  const late = uploader().upload('Product.image', file(), { signal: controller.signal });
  await assert.rejects(late.token, { code: 'ABORTED' });
  assert.ok(!server.requests.some((request) => request.startsWith('PUT')));
});

test('the application translates errors by code and parameters', async () => {
  const translate = ({ code, params, message }) =>
    code === 'STORE_REFUSED' ? `Abgelehnt (${params.status}): ${message}` : undefined;
  server.refuse('PUT 0', { status: 400, body: 'no' });
  await assert.rejects(
    uploader({ translate }).upload('Product.image', file()).token,
    /^UploadError: Abgelehnt \(400\): The/,
  );
  server.refuse('startFileUpload', new UploadError('No.', { code: 'FILE_FORBIDDEN' }));
  await assert.rejects(uploader({ translate }).upload('Product.image', file()).token, { message: 'No.' });
});

test('what a function of the application throws is an UploadError too', async () => {
  const oops = new Error('Oops.');
  const graphql = () => Promise.reject(oops);
  await assert.rejects(uploader({ graphql }).upload('Product.image', file()).token, {
    name: 'UploadError',
    code: 'UNKNOWN',
    cause: oops,
  });
});

test('headers and the limit of time reach the endpoint', async () => {
  let received;
  const endpoint = createServer((incoming, outgoing) => {
    received = incoming.headers;
    incoming.resume().once('end', () => outgoing.end('{"errors":[{"message":"No."}]}'));
  });
  await new Promise((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  try {
    const graphql = `http://127.0.0.1:${endpoint.address().port}/graphql`;
    const headers = async () => ({ Authorization: 'Bearer fresh' });
    await assert.rejects(createUploader({ graphql, headers }).upload('Product.image', file()).token, {
      message: 'No.',
      code: 'GRAPHQL_ERROR',
    });
    assert.equal(received.authorization, 'Bearer fresh');
  } finally {
    endpoint.closeAllConnections();
    endpoint.close();
  }
});

test('the rules of the fields are asked for once, and tell what speaks against a file', async () => {
  const image = {
    field: 'Product.image',
    accept: ['image/*', '.svgz'],
    minByteSize: 2,
    maxByteSize: 10,
    maxCount: null,
    limits: [
      { source: 'DIRECT_UPLOAD', maxByteSize: 10 },
      { source: 'BASE64', maxByteSize: 5 },
    ],
  };
  let asked = 0;
  const all = uploader({
    graphql: async () => {
      if (asked++ === 0) {
        throw TEMPORARY();
      }
      return { fileFields: [image] };
    },
  });
  await assert.rejects(all.rules(), { message: 'Later.' });
  assert.deepEqual([...(await all.rules()).entries()], [['Product.image', image]]);
  const check = async (name, type, size, source) => {
    const found = await all.check('Product.image', new File(['x'.repeat(size)], name, { type }), source);
    return found && [found.code, found.params];
  };
  assert.equal(await check('a.png', 'image/png', 10), null);
  assert.equal(await check('a.svgz', 'application/gzip', 10), null);
  assert.equal(await check('a', '', 10), null);
  assert.deepEqual(await check('a.png', 'image/png', 0), ['FILE_EMPTY', { fileName: 'a.png' }]);
  assert.deepEqual(await check('a.png', 'image/png', 1), [
    'FILE_INVALID',
    { fileName: 'a.png', byteSize: 1, minByteSize: 2 },
  ]);
  assert.deepEqual(await check('a.png', 'image/png', 11), [
    'FILE_TOO_LARGE',
    { fileName: 'a.png', byteSize: 11, maxByteSize: 10 },
  ]);
  assert.deepEqual(await check('a.png', 'image/png', 6, 'BASE64'), [
    'FILE_TOO_LARGE',
    { fileName: 'a.png', byteSize: 6, maxByteSize: 5 },
  ]);
  assert.deepEqual(await check('a.txt', 'text/plain', 5), [
    'FILE_TYPE_NOT_ACCEPTED',
    { fileName: 'a.txt', mimeType: 'text/plain', accept: ['image/*', '.svgz'] },
  ]);
  assert.equal(await all.check('Product.unknown', file()), null);
  assert.equal(asked, 2);
});

test('a browser may guess another name of a type, or another type of that ending', async () => {
  const field = 'Product.list';
  const list = {
    field,
    accept: ['text/csv', 'image/jpeg'],
    minByteSize: 0,
    maxByteSize: 10,
    maxCount: null,
    limits: [],
  };
  const all = uploader({ graphql: async () => ({ fileFields: [list] }) });
  const check = async (name, type) => (await all.check(field, new File(['x'], name, { type })))?.code ?? null;

  assert.equal(await check('List.CSV', 'application/vnd.ms-excel'), null);
  assert.equal(await check('list.txt', 'text/x-csv'), null);
  assert.equal(await check('photo.jpg', 'image/jpg'), null);
  assert.equal(await check('photo.jpg', 'image/pjpeg'), null);
  assert.equal(await check('list.xls', 'application/vnd.ms-excel'), 'FILE_TYPE_NOT_ACCEPTED');
  assert.equal(await check('photo.png', 'image/png'), 'FILE_TYPE_NOT_ACCEPTED');
});
