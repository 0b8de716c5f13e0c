// A server that knows the operations of direct uploads, and the store that it names: in memory, on a real socket.
import { createServer } from 'node:http';

const EMPTY = { complete: false, uploadedByteSize: 0, partCount: null, request: null, parts: [] };

/**
 * Starts a store.
 *
 * @param {{ partSize?: number, lifetime?: number, now?: () => number }} [options] lifetime of a token in milliseconds
 */
export async function startServer({ partSize = 4, lifetime = 3_600_000, now = Date.now } = {}) {
  const uploads = new Map();
  /** What was asked of the server and of the store, in order. */
  const requests = [];
  /** @type {Map<string, { status: number, body?: string, headers?: object }[]>} what to answer first, by request */
  const refusals = new Map();
  let tokens = 0;
  let input;
  /** Requests with content: how many there are, and were at the most. */
  let underWay = 0;
  let most = 0;
  /** @type {{ opened: Promise<void>, arrived: () => void } | null} what holds them up */
  let barrier = null;

  const store = createServer((incoming, outgoing) => {
    const chunks = [];
    underWay++;
    most = Math.max(most, underWay);
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.once('end', async () => {
      barrier?.arrived();
      await barrier?.opened;
      const [, id, number] = incoming.url.split('/');
      requests.push(`PUT ${number}`);
      const { status, body, headers } = refusals.get(`PUT ${number}`)?.shift() ?? { status: 200 };
      if (status === 200) {
        uploads.get(id).received.set(Number(number), Buffer.concat(chunks));
      }
      underWay--; // before the client can send its next
      outgoing.writeHead(status, headers).end(body);
    });
  });
  await new Promise((resolve) => store.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${store.address().port}`;

  const requestFor = (id, number) => ({
    url: `${url}/${id}/${number}`,
    method: 'PUT',
    headers: [{ name: 'Content-Length', value: '1' }],
  });

  /** What the server says of an upload; each answer has another token. */
  function describe(id) {
    const { input, received } = uploads.get(id);
    const uploadedByteSize = [...received.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const answer = {
      ...EMPTY,
      token: `${id}.${++tokens}`,
      expiresAt: new Date(now() + lifetime).toISOString(),
      uploadedByteSize,
    };
    answer.complete = received.size > 0 && uploadedByteSize === input.byteSize;
    if (!input.inParts) {
      return { ...answer, request: requestFor(id, 0) };
    }
    const partCount = Math.ceil(input.byteSize / partSize);
    const parts = Array.from({ length: partCount }, (_, i) => ({
      number: i + 1,
      byteOffset: i * partSize,
      byteSize: Math.min(partSize, input.byteSize - i * partSize),
      request: requestFor(id, i + 1),
    }));
    return { ...answer, partCount, parts: parts.filter(({ number }) => !received.has(number)) };
  }

  /** Runs an operation as UploaderOptions.graphql does. */
  async function run(query, variables) {
    const { token } = variables;
    const [name] = /startFileUpload|fileUpload|abortFileUpload/.exec(query.replace('StartFileUploadInput', ''));
    requests.push(name);
    input = variables.input ?? input;
    const refusal = refusals.get(name)?.shift();
    if (refusal) {
      throw refusal;
    }
    if (name === 'startFileUpload') {
      const id = `upload${uploads.size}`;
      uploads.set(id, { input, received: new Map() });
      return { [name]: describe(id) };
    }
    const [id] = token.split('.');
    if (name === 'abortFileUpload') {
      uploads.delete(id);
      return { [name]: true };
    }
    return { [name]: describe(id) };
  }

  return {
    url,
    requests,
    run,
    /** Answers the next such request with that: an error for an operation, a status for the store. */
    refuse: (request, ...answers) => refusals.set(request, answers),
    /** What has arrived of the upload that a token is for. */
    content: (token) => {
      const { received } = uploads.get(token.split('.')[0]);
      return Buffer.concat([...received.entries()].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)).toString();
    },
    count: () => uploads.size,
    /** What the last upload was started with. */
    lastInput: () => input,
    /** How many requests with content there were at once. */
    most: () => most,
    /** Holds up what is sent to the store from now on. */
    hold: () => {
      const waiting = [];
      let count = 0;
      let release;
      const opened = new Promise((resolve) => {
        release = resolve;
      });
      most = 0;
      barrier = {
        opened,
        arrived: () => {
          count++;
          for (const { wanted, resolve } of waiting) {
            count >= wanted && resolve();
          }
        },
      };
      return {
        count: () => count,
        reached: (wanted) =>
          new Promise((resolve) => {
            waiting.push({ wanted, resolve });
            count >= wanted && resolve();
          }),
        release: () => {
          barrier = null;
          release();
        },
      };
    },
    stop: () =>
      new Promise((resolve) => {
        store.close(resolve);
        store.closeAllConnections();
      }),
  };
}

/** Storage in memory. */
export function memory() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) };
}
