// Starts the example twice, runs the tests, a file at a time against each, stops it: node run.js [files of tests]
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { startExample } from './test/support/example.js';

const named = process.argv.slice(2);
const all = (await readdir(new URL('test', import.meta.url))).filter((name) => name.endsWith('.test.js')).sort();
const files = named.length ? named : all.map((name) => `test/${name}`);

/** What one file prints is printed together. */
async function test(file, example) {
  const tests = spawn(process.execPath, ['--test', '--test-timeout=1800000', file], {
    cwd: import.meta.dirname,
    env: { ...process.env, EXAMPLE_URL: example.url, EXAMPLE_FILES: example.files },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = [];
  tests.stdout.on('data', (data) => output.push(data));
  const code = await new Promise((resolve) => tests.once('close', (status) => resolve(status ?? 1)));
  process.stdout.write(`\n${file}\n${Buffer.concat(output)}`);
  return code;
}

/** Tests files until none is left. Those that run at once see nothing of each other's products. */
async function work() {
  const example = await startExample();
  try {
    while (files.length) {
      const code = await test(files.shift(), example);
      process.exitCode ||= code;
    }
  } finally {
    const troubles = (await example.stop()).match(/^.*(ERROR|WARN) .*$/gm) ?? [];
    if (troubles.length) {
      console.error(`The example logged:\n${troubles.join('\n')}`);
      process.exitCode = 1;
    }
  }
}

await Promise.all([work(), work()]);
