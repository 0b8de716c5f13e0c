// The example, as the README starts it, in a directory of its own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const JAR = path.resolve(import.meta.dirname, '../../../example/target/graphql-files-example.jar');

/**
 * Starts it.
 *
 * @param {(port: number) => string[]} [options] more options
 * @param {Record<string, string>} [variables] of its environment
 * @param {{ port: number, directory: string }} [place] where one was that has been killed
 * @returns {Promise<{ url: string, files: string, stop: () => Promise<string>, kill: () => object }>} stop gives the log;
 *   kill gives the place for the one that comes after it
 */
export async function startExample(options = () => [], variables = {}, place = {}) {
  if (!existsSync(JAR)) {
    throw new Error(`${JAR}: missing; build it with mvn -DskipTests package`);
  }
  const directory = place.directory ?? (await mkdtemp(path.join(tmpdir(), 'graphql-files-clients-')));
  const port = place.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const example = await startJar(
    JAR,
    directory,
    url,
    [`--server.port=${port}`, '--graphql.files.copy-url.allowed-networks=127.0.0.0/8', ...options(port)],
    variables,
  );
  const kill = () => {
    example.server.kill('SIGKILL');
    return { port, directory };
  };
  return { ...example, kill };
}

/** Starts any of the build's applications, and waits until it answers GraphQL. */
export async function startJar(jar, directory, url, options, variables = {}) {
  const logFile = path.join(directory, 'out.log');
  const log = await open(logFile, 'w');
  const server = spawn(java(), ['-jar', jar, ...options], {
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
