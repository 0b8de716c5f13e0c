import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Operations, graphqlOverHttp, mayPass } from '../src/operations.js';

const OPTIONS = { headers: () => ({}), credentials: 'same-origin', stallTimeout: 30_000 };

let endpoint;
let answer;
/** What to answer first, in order. */
const answers = [];
let received;
const server = createServer((incoming, outgoing) => {
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.once('end', () => {
    const body = Buffer.concat(chunks).toString();
    received = { headers: incoming.headers, ...(body && JSON.parse(body)) };
    const { status = 200, headers, body: text } = answers.shift() ?? answer;
    outgoing.writeHead(status, headers).end(text);
  });
});

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${server.address().port}/graphql`;
});
after(() => server.close());

function operations() {
  return new Operations(
    graphqlOverHttp(endpoint, { ...OPTIONS, headers: async () => ({ Authorization: 'Bearer me' }) }),
  );
}

const look = () => operations().look('token', new AbortController().signal);

function answersWith(body, status, headers) {
  answer = { body: typeof body === 'string' ? body : JSON.stringify(body), status, headers };
}

test('operations are sent as JSON with the headers that are given', async () => {
  answersWith({ data: { startFileUpload: { token: 'new' } } });
  const input = { field: 'Product.image', fileName: 'a.png', byteSize: 5 };

  assert.deepEqual(await operations().start(input, new AbortController().signal), { token: 'new' });
  assert.equal(received.headers.authorization, 'Bearer me');
  assert.equal(received.headers['content-type'], 'application/json');
  assert.deepEqual(received.variables, { input });
});

test('an error of the server keeps its message and code, and is final', async () => {
  answersWith({ errors: [{ message: 'Too large.', extensions: { code: 'FILE_TOO_LARGE' } }] });
  await assert.rejects(look(), {
    name: 'UploadError',
    message: 'Too large.',
    code: 'FILE_TOO_LARGE',
    temporary: false,
  });
});

for (const [what, code, status] of [
  ['a store that is not available', 'FILE_STORE_UNAVAILABLE', 200],
  ['too many requests', undefined, 429],
  ['a server in trouble', undefined, 503],
]) {
  test(`${what} may pass`, async () => {
    answersWith({ errors: [{ message: 'Later.', extensions: { code } }] }, status, { 'Retry-After': '7' });
    await assert.rejects(look(), { temporary: true, waitSeconds: 7 });
  });
}

for (const body of ['<html>Bad gateway</html>', '{"timestamp":1,"error":"Bad Gateway"}', '{"errors":["no"]}', 'null']) {
  test(`an answer that is not GraphQL is told by its status: ${body}`, async () => {
    answersWith(body, 502);
    await assert.rejects(look(), { message: 'The server answered with status 502.', temporary: true });
    answersWith(body, 401);
    await assert.rejects(look(), { message: 'The server answered with status 401.', temporary: false });
  });
}

test('a date in Retry-After is not looked at', async () => {
  answersWith('', 503, { 'Retry-After': 'Wed, 21 Oct 2037 07:28:00 GMT' });
  await assert.rejects(look(), { temporary: true, waitSeconds: 0 });
});

test('a server that is not there may come back', async () => {
  const gone = graphqlOverHttp('http://127.0.0.1:1/graphql', OPTIONS);
  await assert.rejects(gone('{ __typename }', {}, new AbortController().signal), {
    message: 'The connection to the server failed.',
    code: 'CONNECTION_FAILED',
    temporary: true,
  });
});

test('a path is no endpoint where there is no page, and that is said at once', async () => {
  const run = graphqlOverHttp('/graphql', OPTIONS);
  await assert.rejects(run('{ __typename }', {}, new AbortController().signal), {
    message: 'graphql: expected a whole URL where there is no page, found "/graphql".',
    code: 'ENDPOINT_INVALID',
    temporary: false,
  });
});

test('a server that hangs is noticed', async () => {
  const hanging = createServer(() => {});
  await new Promise((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  try {
    const run = graphqlOverHttp(`http://127.0.0.1:${hanging.address().port}/graphql`, { ...OPTIONS, stallTimeout: 50 });
    await assert.rejects(run('{ __typename }', {}, new AbortController().signal), {
      code: 'CONNECTION_STALLED',
      params: { seconds: 0.05 },
      temporary: true,
    });
  } finally {
    hanging.closeAllConnections();
    hanging.close();
  }
});

for (const [what, given, code] of [
  ['status 401', [{ status: 401, body: 'Who are you?' }], 'UNAUTHENTICATED'],
  ['status 403', [{ status: 403, body: 'No.' }], 'FORBIDDEN'],
  [
    'a page to sign in',
    [
      { status: 302, headers: { Location: '/login' } },
      { status: 200, body: '<form>' },
    ],
    'UNAUTHENTICATED',
  ],
  [
    'an error of Spring',
    [{ body: '{"errors":[{"message":"No.","extensions":{"classification":"UNAUTHORIZED"}}]}' }],
    'UNAUTHORIZED',
  ],
]) {
  test(`${what} says who asks is not signed in, and is final`, async () => {
    answers.push(...given);
    await assert.rejects(look(), { code, temporary: false });
    assert.deepEqual(answers, []);
  });
}

test('what stands beside the code is kept', async () => {
  answersWith({ errors: [{ message: 'Too large.', extensions: { code: 'FILE_TOO_LARGE', maxByteSize: 5 } }] });
  await assert.rejects(look(), { params: { maxByteSize: 5 } });
});

test('which statuses may pass', () => {
  assert.deepEqual(
    [200, 301, 400, 401, 403, 404, 408, 409, 410, 411, 412, 413, 425, 429, 500, 503].filter(mayPass),
    [403, 404, 408, 409, 410, 412, 425, 429, 500, 503],
  );
});
