import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SavedUploads, nameOf } from '../src/saved.js';
import { memory } from './support/server.js';

const NOW = 1_800_000_000_000;
const HOUR = 60 * 60 * 1000;
const FACTS = { token: 'token', sent: 3, startedAt: NOW };

const file = (name, lastModified = 1) => new File(['hello'], name, { lastModified });

test('an upload is found by field, name, size and time', () => {
  const saved = new SavedUploads(memory(), () => NOW);
  saved.put('Product.image', file('a.png'), FACTS);

  assert.equal(saved.find('Product.image', file('a.png')).token, 'token');
  assert.equal(saved.find('Product.manual', file('a.png')), undefined);
  assert.equal(saved.find('Product.image', file('b.png')), undefined);
  assert.equal(saved.find('Product.image', file('a.png', 2)), undefined);
  assert.equal(saved.find('Product.image', new File(['longer'], 'a.png', { lastModified: 1 })), undefined);
});

test('a later put replaces an earlier one of the same file, others stay, oldest first', () => {
  const saved = new SavedUploads(memory(), () => NOW);
  saved.put('Product.image', file('a.png'), FACTS);
  saved.put('Product.image', file('b.png'), FACTS);
  saved.put('Product.image', file('a.png'), { ...FACTS, token: 'later' });

  assert.deepEqual(
    saved.all().map(({ name, token }) => [name, token]),
    [
      ['b.png', 'token'],
      ['a.png', 'later'],
    ],
  );
});

test('what was begun more than a day ago is not offered', () => {
  let now = NOW;
  const saved = new SavedUploads(memory(), () => now);
  saved.put('Product.image', file('a.png'), FACTS);

  now += 24 * HOUR - 1;
  assert.equal(saved.all().length, 1);
  now += 1;
  assert.deepEqual(saved.all(), []);
});

test('a Blob is not remembered, and is called file', () => {
  const saved = new SavedUploads(memory(), () => NOW);
  saved.put('Product.image', new Blob(['hello']), FACTS);

  assert.deepEqual(saved.all(), []);
  assert.equal(nameOf(new Blob(['hello'])), 'file');
  assert.equal(nameOf(file('a.png')), 'a.png');
});

for (const content of ['{', '{}', 'null', '[null]', '[{"startedAt":"soon"}]']) {
  test(`storage that holds ${content} is taken for empty`, () => {
    const storage = memory();
    storage.setItem('graphql-files-upload', content);
    assert.deepEqual(new SavedUploads(storage, () => NOW).all(), []);
  });
}

test('storage that refuses everything, and none, are no trouble', () => {
  const refuse = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  for (const storage of [null, { getItem: refuse, setItem: refuse }]) {
    const saved = new SavedUploads(storage, () => NOW);
    saved.put('Product.image', file('a.png'), FACTS);
    assert.deepEqual(saved.all(), []);
  }
});
