import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

test('the module is under 6 kB, minified and packed, and has no dependencies', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [path.join(import.meta.dirname, '../src/index.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    metafile: true,
  });
  const byteSize = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  console.log(`graphql-files-upload: ${byteSize} bytes`);
  const readme = await readFile(path.join(import.meta.dirname, '../README.md'), 'utf8');
  assert.ok(readme.includes(`${(byteSize / 1000).toFixed(1)} kB in a\npage`), 'the size in the README is another');
  assert.ok(byteSize < 6000, `${byteSize} bytes`);
  assert.ok(Object.keys(metafile.inputs).every((input) => !input.includes('node_modules')));
});
