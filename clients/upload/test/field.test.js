import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createFileField } from '../src/field.js';
import { UploadError, createUploader } from '../src/index.js';
import { memory, startServer } from './support/server.js';

const RULES = {
  field: 'Product.gallery',
  accept: ['image/*'],
  minByteSize: 1,
  maxByteSize: 10,
  maxCount: 3,
  limits: [],
};

let server;
let storage;
before(async () => {
  server = await startServer();
});
beforeEach(() => {
  storage = memory();
  server.requests.length = 0;
});
after(() => server.stop());

function field(options, more = {}) {
  const graphql = (query, ...rest) =>
    query.includes('fileFields') ? Promise.resolve({ fileFields: [RULES] }) : server.run(query, ...rest);
  return createFileField(createUploader({ graphql, storage, delay: () => 0, ...more }), 'Product.gallery', options);
}

const picture = (name, content = 'hello') => new File([content], name, { type: 'image/png', lastModified: 1 });

/** Waits until the snapshot is as the test wants it. */
function until(store, condition) {
  return new Promise((resolve) => {
    const look = () => {
      if (condition(store.snapshot)) {
        unsubscribe();
        resolve();
      }
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}

const names = ({ snapshot }) => snapshot.files.map(({ name }) => name);

test('files are sent, and given to the mutation in their order', async () => {
  const gallery = field({ multiple: true });
  await gallery.add([picture('a.png', 'first'), picture('b.png', 'next')]);
  const inputs = await gallery.inputs();

  assert.deepEqual(
    inputs.map(({ directUploadToken }) => server.content(directUploadToken)),
    ['first', 'next'],
  );
  assert.deepEqual(
    gallery.snapshot.files.map(({ state }) => state),
    ['done', 'done'],
  );
  gallery.saved();
  assert.deepEqual(gallery.snapshot, { files: [], problems: [] });
});

test('what the field does not take is told, and the rest is sent', async () => {
  const gallery = field({ multiple: true }, { translate: ({ code }) => code.toLowerCase() });
  const text = new File(['hello'], 'a.txt', { type: 'text/plain' });
  await gallery.add([text, picture('a.png'), picture('b.png'), picture('c.png'), picture('d.png')]);

  assert.deepEqual(names(gallery), ['a.png', 'b.png', 'c.png']);
  assert.deepEqual(
    gallery.snapshot.problems.map(({ message, params }) => [message, params.fileName]),
    [
      ['file_type_not_accepted', 'a.txt'],
      ['file_count_exceeded', 'd.png'],
    ],
  );
  await gallery.add([]);
  assert.deepEqual(gallery.snapshot.problems, []);
});

test('what was added a moment ago is among the values, or keeps the mutation from them', async () => {
  const gallery = field({ multiple: true });
  gallery.add([picture('a.png', 'first')]);
  gallery.add([picture('b.png', 'next')]);
  const inputs = await gallery.inputs();
  assert.deepEqual(inputs.map(({ directUploadToken }) => server.content(directUploadToken)).sort(), ['first', 'next']);

  gallery.add([new File(['hello'], 'a.txt', { type: 'text/plain' })]);
  await assert.rejects(gallery.inputs(), { code: 'FILE_TYPE_NOT_ACCEPTED' });
  assert.equal((await gallery.inputs()).length, 2);
});

test('a field of one file replaces it', async () => {
  const image = field();
  await image.add([picture('a.png'), picture('b.png')]);
  assert.deepEqual(names(image), ['a.png']);
  await image.add([picture('c.png')]);
  assert.deepEqual(names(image), ['c.png']);
  assert.equal((await image.inputs()).length, 1);
});

test('a file can be paused, resumed by the mutation, and removed', async () => {
  const gallery = field({ multiple: true });
  await gallery.add([picture('a.png'), picture('b.png')]);
  gallery.snapshot.files[0].toggle();
  assert.equal(gallery.snapshot.files[0].state, 'paused');
  gallery.snapshot.files[1].remove();
  assert.deepEqual(names(gallery), ['a.png']);

  const [{ directUploadToken }] = await gallery.inputs();
  assert.equal(server.content(directUploadToken), 'hello');
});

test('a file that has failed stays, keeps the mutation from its values, and can be tried again', async () => {
  server.refuse('PUT 0', { status: 400, body: 'no' });
  const gallery = field({ multiple: true });
  await gallery.add([picture('a.png')]);
  await assert.rejects(gallery.inputs(), { code: 'STORE_REFUSED' });
  assert.equal(gallery.snapshot.files[0].state, 'failed');

  gallery.snapshot.files[0].toggle();
  const [{ directUploadToken }] = await gallery.inputs();
  assert.equal(server.content(directUploadToken), 'hello');
});

test('a user who was signed out is told so, not waited for', async () => {
  server.refuse('startFileUpload', new UploadError('Sign in.', { code: 'UNAUTHENTICATED' }));
  const gallery = field({ multiple: true });
  await gallery.add([picture('a.png')]);
  await assert.rejects(gallery.inputs(), { code: 'UNAUTHENTICATED' });
  await until(gallery, ({ files }) => files[0].state === 'blocked');

  gallery.snapshot.files[0].toggle();
  assert.equal((await gallery.inputs()).length, 1);
});

test('a snapshot is another object only if something has changed', async () => {
  const gallery = field({ multiple: true });
  const { snapshot } = gallery;
  assert.equal(gallery.snapshot, snapshot);
  await gallery.add([picture('a.png')]);
  assert.notEqual(gallery.snapshot, snapshot);
  assert.ok(Object.isFrozen(gallery.snapshot));
});
