// A server for S3 that verifies signatures, with one bucket.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { java, SHORT_LIFE } from './example.js';

const TARGET = path.resolve(import.meta.dirname, '../../../storage-s3/target');
const CLASSPATH = path.join(TARGET, 'test-server.classpath');

/**
 * Starts it.
 *
 * @returns {Promise<{ endpoint: string, variables: Record<string, string>, options: string[], stop: () => Promise<void> }>}
 *   variables and options let the example keep its files there
 */
export async function startBucket() {
  if (!existsSync(CLASSPATH)) {
    throw new Error(`${CLASSPATH}: missing; build it with mvn -DskipTests package`);
  }
  const classpath = [path.join(TARGET, 'test-classes'), (await readFile(CLASSPATH, 'utf8')).trim()].join(
    path.delimiter,
  );
  const server = spawn(java(), [...SHORT_LIFE, '-cp', classpath, 'io.graphqlfiles.storage.s3.server.S3ServerMain'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  process.once('exit', () => server.kill());
  const settings = {};
  for await (const line of createInterface(server.stdout)) {
    const [name, value] = line.split(/=(.*)/);
    settings[name] = value;
    if ('S3_SECRET_KEY' in settings) {
      break;
    }
  }
  if (!('S3_SECRET_KEY' in settings)) {
    throw new Error(`the server for S3 ended with code ${await ended} before it was ready`);
  }
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = settings;
  return {
    endpoint,
    variables: {
      AWS_ACCESS_KEY_ID: settings.S3_ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: settings.S3_SECRET_KEY,
      AWS_REGION: region,
    },
    options: [
      '--graphql.files.store=s3',
      `--graphql.files.s3.bucket=${bucket}`,
      `--graphql.files.s3.endpoint=${endpoint}`,
      '--graphql.files.s3.path-style=true',
      '--graphql.files.s3.object-acls=true', // it knows no bucket policies
    ],
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}
