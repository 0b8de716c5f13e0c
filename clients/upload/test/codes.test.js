// Every code that the module gives is explained in docs/clients.md, with its parameters, and no other.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

const SOURCES = new URL('../src/', import.meta.url);
const CLIENTS = new URL('../../../docs/clients.md', import.meta.url);

/** Codes that are the server's too are explained with those, but for what the module says before the server does. */
const OF_THE_SERVER = ['FILE_COUNT_EXCEEDED', 'FILE_INVALID', 'FILE_TOO_LARGE', 'FILE_TYPE_NOT_ACCEPTED'];
/** In this order of the table's cells. */
const ROW = /^\| `([A-Z_]+)`\s*\|[^|]*\|([^|]*)\|$/gm;

/** code -> names of its parameters, as the sources have them where an error is made. */
async function given() {
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith('.js'));
  const text = (await Promise.all(names.map((name) => readFile(new URL(name, SOURCES), 'utf8'))))
    .join('\n')
    .replaceAll("method: 'POST'", '');
  const codes = [...text.matchAll(/code(?: =|:) (?:[^,;]*\? )?'([A-Z_]+)'/g)].map(([, code]) => code);
  const chosen = [...text.matchAll(/(?:return|\?\?|[?:]) '([A-Z][A-Z_]+)'/g)].map(([, code]) => code);
  return new Set([...codes, ...chosen].filter((code) => !OF_THE_SERVER.includes(code)));
}

test('the table of codes has those that the sources give', async () => {
  const rows = [...(await readFile(CLIENTS, 'utf8')).matchAll(ROW)];
  assert.deepEqual(rows.map(([, code]) => code).sort(), [...(await given())].sort());
});

test('the parameters in the table are those of the sources', async () => {
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith('.js'));
  const text = (await Promise.all(names.map((name) => readFile(new URL(name, SOURCES), 'utf8')))).join('\n');
  const objects = [...text.matchAll(/params(?: =|:) \{ ?([^}]*)\}/g)].flatMap(([, inside]) =>
    [...inside.matchAll(/(\w+)(?=[,:\s])/g)].map(([, name]) => name),
  );
  for (const [, code, cell] of (await readFile(CLIENTS, 'utf8')).matchAll(ROW)) {
    for (const [, name] of cell.matchAll(/`(\w+)`/g)) {
      assert.ok(name === 'extensions' || name === 'cause' || objects.includes(name), `${code}: ${name}`);
    }
  }
});
