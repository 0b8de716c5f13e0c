// Starts the example twice, runs the tests, a file at a time against each, stops it: node run.js [files of tests]
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareExample, startExample } from './test/support/example.js';

const named = process.argv.slice(2);
// What takes longest begins first, so that nobody waits for it in the end.
const LONG = ['tus.test.js', 'kept.test.js'];
const found = (await readdir(new URL('test', import.meta.url))).filter((name) => name.endsWith('.test.js')).sort();
const all = [...LONG, ...found.filter((name) => !LONG.includes(name))];
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
  const failed = [];
  await withExample(async (example) => {
    while (files.length) {
      const file = files.shift();
      if (await test(file, example)) {
        failed.push(file);
      }
    }
  });
  for (const file of failed) {
    await again(file);
  }
}

/**
 * Tests a file that has failed once more, on an example without what it has left: browsers and other people's clients
 * take part, and what one of them does once in a hundred runs should not keep a change out. Both runs are printed: it may
 * be our fault all the same.
 */
async function again(file) {
  console.log(`\n${file} HAS FAILED, and is run once more.`);
  await withExample(async (example) => {
    const code = await test(file, example);
    process.exitCode ||= code;
  });
}

async function withExample(run) {
  const example = await startExample();
  try {
    await run(example);
  } finally {
    const troubles = (await example.stop()).match(/^.*(ERROR|WARN) .*$/gm) ?? [];
    if (troubles.length) {
      console.error(`The example logged:\n${troubles.join('\n')}`);
      process.exitCode = 1;
    }
  }
}

const directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-clients-'));
try {
  await prepareExample(path.join(directory, 'example'));
  await Promise.all([work(), work()]);
} finally {
  await rm(directory, { recursive: true });
}
