import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Operations, graphqlOverHttp, mayPass } from '../src/operations.js';

let endpoint;
let answer;
let received;
const server = createServer((incoming, outgoing) => {
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.once('end', () => {
    received = { headers: incoming.headers, ...JSON.parse(Buffer.concat(chunks).toString()) };
    outgoing.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
});

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${server.address().port}/graphql`;
});
after(() => server.close());

function operations() {
  return new Operations(graphqlOverHttp(endpoint, () => ({ Authorization: 'Bearer me' })));
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
  const gone = graphqlOverHttp('http://127.0.0.1:1/graphql', () => ({}));
  await assert.rejects(gone('{ __typename }', {}, new AbortController().signal), {
    message: 'The connection to the server failed.',
    temporary: true,
  });
});

test('which statuses may pass', () => {
  assert.deepEqual(
    [200, 301, 400, 401, 403, 404, 408, 409, 410, 411, 412, 413, 425, 429, 500, 503].filter(mayPass),
    [403, 404, 408, 409, 410, 412, 425, 429, 500, 503],
  );
});
