// The example, in a directory of its own. What starts it here so often takes shortcuts; .ci/try-example starts it as the
// README does.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ARCHIVE = 'classes.jsa';
const JAR = path.resolve(import.meta.dirname, '../../../example/target/graphql-files-example.jar');
/** Half of a short life is the start, in which the second compiler would be busy. */
export const SHORT_LIFE = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/**
 * Unpacks the example, and lets a first one write down which classes it loads: the others map them into their memory.
 *
 * @param {string} directory that does not exist; to be given to the tests in EXAMPLE_PREPARED
 */
export async function prepareExample(directory) {
  if (!existsSync(JAR)) {
    throw new Error(`${JAR}: missing; build it with mvn -DskipTests package`);
  }
  await promisify(execFile)(java(), ['-Djarmode=tools', '-jar', JAR, 'extract', '--destination', directory]);
  process.env.EXAMPLE_PREPARED = directory;
  const first = await startExample(() => [], {}, {}, `-XX:ArchiveClassesAtExit=${path.join(directory, ARCHIVE)}`);
  await first.stop();
}

/**
 * Starts it.
 *
 * @param {(port: number) => string[]} [options] more options
 * @param {Record<string, string>} [variables] of its environment
 * @param {{ port: number, directory: string }} [place] where one was that has been killed
 * @param {string} [archive] the option of the JVM for the archive of classes
 * @returns {Promise<{ url: string, files: string, stop: () => Promise<string>, kill: () => object }>} stop gives the log;
 *   kill gives the place for the one that comes after it
 */
export async function startExample(
  options = () => [],
  variables = {},
  place = {},
  archive = `-XX:SharedArchiveFile=${path.join(process.env.EXAMPLE_PREPARED, ARCHIVE)}`,
) {
  const directory = place.directory ?? (await mkdtemp(path.join(tmpdir(), 'graphql-files-clients-')));
  const port = place.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const example = await startJar(
    path.join(process.env.EXAMPLE_PREPARED, path.basename(JAR)),
    directory,
    url,
    [`--server.port=${port}`, '--graphql.files.copy-url.allowed-networks=127.0.0.0/8', ...options(port)],
    variables,
    [archive],
  );
  const kill = () => {
    example.server.kill('SIGKILL');
    return { port, directory };
  };
  return { ...example, kill };
}

/** Starts any of the build's applications, and waits until it answers GraphQL. */
export async function startJar(jar, directory, url, options, variables = {}, javaOptions = []) {
  const logFile = path.join(directory, 'out.log');
  const log = await open(logFile, 'w');
  const server = spawn(java(), [...SHORT_LIFE, ...javaOptions, '-jar', jar, ...options], {
    cwd: directory,
    env: { ...process.env, ...variables },
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill();
    await ended;
    const text = await readFile(logFile, 'utf8');
    await rm(directory, { recursive: true });
    return text;
  };
  // Whoever stops this process stops the server with it.
  process.once('exit', () => server.kill());
  const deadline = Date.now() + 600_000;
  while (!(await answers(url))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${path.basename(jar)} did not start:\n${await stop()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, files: path.join(directory, 'var/files'), stop, server };
}

/** The command that runs Java programs. */
export function java() {
  return process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
}

async function answers(url) {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    return response.ok;
  } catch {
    return false;
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
