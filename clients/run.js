// Starts the example, runs the tests, stops it: node run.js [files of tests]
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { startExample } from './test/support/example.js';

const named = process.argv.slice(2);
const all = (await readdir(new URL('test', import.meta.url))).filter((name) => name.endsWith('.test.js')).sort();
const files = named.length ? named : all.map((name) => `test/${name}`);
const example = await startExample();
let code = 1;
try {
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=600000', ...files], {
    cwd: import.meta.dirname,
    env: { ...process.env, EXAMPLE_URL: example.url, EXAMPLE_FILES: example.files },
    stdio: 'inherit',
  });
  code = await new Promise((resolve) => tests.once('exit', (status) => resolve(status ?? 1)));
} finally {
  const troubles = (await example.stop()).match(/^.*(ERROR|WARN) .*$/gm) ?? [];
  if (troubles.length) {
    console.error(`The example logged:\n${troubles.join('\n')}`);
    code ||= 1;
  }
}
process.exitCode = code;
