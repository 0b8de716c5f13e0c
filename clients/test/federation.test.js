// A subgraph with file fields behind Apollo's gateway, beside another subgraph that refers to its entities.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ApolloGateway, IntrospectAndCompose } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { parse } from 'graphql';
import { createUploader } from 'graphql-files-upload';
import { assertServed, graphql, picture, server } from './support/catalogue.js';
import { freePort, startJar } from './support/example.js';

const JAR = path.resolve(
  import.meta.dirname,
  '../../integrations/compatibility/federation/target/graphql-files-subgraph.jar',
);

const CREATE = `mutation ($book: BookInput!) {
  createBook(book: $book) { id title cover { url fileName mimeType byteSize } }
}`;

const REVIEWS = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
  type Query { review(ofBook: ID!): Review! }
  type Review { text: String! book: Book! photo: StoredFile }
  type Book @key(fields: "id", resolvable: false) { id: ID! }

  # As the library adds it there: both subgraphs give files.
  type StoredFile @shareable {
    id: ID! url(download: Boolean = false): URL! urlExpiresAt: DateTime fileName: String! mimeType: String!
    byteSize: Long! createdAt: DateTime! checksum: String
    width: Int height: Int duration: Float pages: Int placeholder: String
    variant(name: String!): FileVariant variants: [FileVariant!]!
  }
  type FileVariant @shareable {
    name: String! url: URL! urlExpiresAt: DateTime width: Int height: Int mimeType: String!
  }
  scalar URL
  scalar Long
  scalar DateTime
`);

const started = [];
let gateway;
/** Hive Gateway, with the same supergraph. */
let hive;
before(async () => {
  const port = await freePort();
  const directory = await mkdtemp(path.join(tmpdir(), 'graphql-files-subgraph-'));
  const books = await startJar(JAR, directory, `http://127.0.0.1:${port}`, [
    `--server.port=${port}`,
    `--graphql.files.secret=${randomBytes(32).toString('hex')}`,
    '--graphql.files.copy-url.allowed-networks=127.0.0.0/8',
  ]);
  started.push(books);
  const reviews = await start(
    new ApolloServer({
      schema: buildSubgraphSchema({
        typeDefs: REVIEWS,
        resolvers: { Query: { review: (_, { ofBook }) => ({ text: 'Fine.', book: { id: ofBook } }) } },
      }),
    }),
  );
  const apollo = new ApolloGateway({
    supergraphSdl: new IntrospectAndCompose({
      subgraphs: [
        { name: 'books', url: `${books.url}/graphql` },
        { name: 'reviews', url: reviews },
      ],
    }),
    logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  const supergraph = new Promise((resolve) => {
    apollo.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => resolve(coreSupergraphSdl));
  });
  gateway = await start(new ApolloServer({ gateway: apollo }));
  hive = await startHive(await supergraph);
});
after(async () => {
  for (const each of started.reverse()) {
    await each.stop();
  }
});

/** Apollo answers at any path; the helpers of these tests add /graphql. */
async function start(apollo) {
  const { url } = await startStandaloneServer(apollo, { listen: { port: 0, host: '127.0.0.1' } });
  started.push(apollo);
  return url.replace(/\/$/, '');
}

async function startHive(supergraph) {
  // tag::hive
  const hiveGateway = createGatewayRuntime({
    supergraph,
    multipart: true,
    propagateHeaders: {
      // The subgraph asks for one of these with multipart requests, because forms of other sites cannot set them.
      fromClientToSubgraphs: ({ request }) => ({
        'GraphQL-Preflight': request.headers.get('GraphQL-Preflight') ?? undefined,
      }),
    },
    logging: 'error',
  });
  // end::hive
  const http = createServer(hiveGateway);
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  started.push({
    stop: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await hiveGateway[Symbol.asyncDispose]();
    },
  });
  return `http://127.0.0.1:${http.address().port}`;
}

/** Creates a book with its cover as a part of a multipart request. */
async function createByMultipart(file, at, headers) {
  const body = new FormData();
  body.append(
    'operations',
    JSON.stringify({ query: CREATE, variables: { book: { title: 'Cups', cover: { file: null } } } }),
  );
  body.append('map', JSON.stringify({ 0: ['variables.book.cover.file'] }));
  body.append('0', file);
  return (await fetch(`${at}/graphql`, { method: 'POST', headers, body })).json();
}

test('Hive Gateway passes on a multipart request, and whether it may come from a form of another site', async () => {
  const file = await picture();
  const { data, errors } = await createByMultipart(file, hive, { 'GraphQL-Preflight': '1' });
  assert.equal(errors, undefined);
  await assertServed(data.createBook.cover, file);
  const refused = await createByMultipart(file, hive, {});
  assert.ok(refused.errors?.length > 0);
});

test('Apollo Gateway takes JSON only', async () => {
  const answer = await createByMultipart(await picture(), gateway, { 'Apollo-Require-Preflight': '1' });
  assert.ok(answer.errors?.length > 0);
});

test('a token passes Hive Gateway too', async () => {
  const file = await picture();
  const upload = createUploader({ graphql: `${hive}/graphql`, storage: null }).upload('Book.cover', file);
  const { createBook } = await graphql(
    CREATE,
    { book: { title: 'Cups', cover: { directUploadToken: await upload.token } } },
    hive,
  );
  await assertServed(createBook.cover, file);
});

test('a file sent straight to the store becomes a cover, by its token through the gateway', async () => {
  const file = await picture();
  for (const inParts of [false, true]) {
    const upload = createUploader({ graphql: gateway, storage: null }).upload('Book.cover', file, { inParts });
    const { createBook } = await graphql(
      CREATE,
      { book: { title: 'Cups', cover: { directUploadToken: await upload.token } } },
      gateway,
    );
    await assertServed(createBook.cover, file);
  }
});

test('a file is copied from an address that came through the gateway', async () => {
  const file = await picture();
  const { createBook } = await graphql(
    CREATE,
    { book: { title: 'Cups', cover: { copyURL: `${server}/cup.png` } } },
    gateway,
  );
  await assertServed(createBook.cover, file);
});

test('base64 passes the gateway too', async () => {
  const file = await picture();
  const base64 = Buffer.from(await file.arrayBuffer()).toString('base64');
  const { createBook } = await graphql(
    CREATE,
    { book: { title: 'Cups', cover: { base64, fileName: file.name } } },
    gateway,
  );
  await assertServed(createBook.cover, file);
});

test('another subgraph leads to a file through its entity', async () => {
  const file = await picture();
  const { createBook } = await graphql(
    CREATE,
    { book: { title: 'Cups', cover: { copyURL: `${server}/cup.png` } } },
    gateway,
  );
  const { review } = await graphql(
    'query ($id: ID!) { review(ofBook: $id) { text book { title cover { url(download: true) fileName } } } }',
    { id: createBook.id },
    gateway,
  );
  assert.equal(review.book.title, 'Cups');
  await assertServed(review.book.cover, file);
});

test('the rules of the fields and the codes of refusals pass the gateway', async () => {
  const { fileFields } = await graphql('{ fileFields { field accept maxByteSize } }', {}, gateway);
  assert.deepEqual(fileFields, [{ field: 'Book.cover', accept: ['image/*'], maxByteSize: 5 * 1024 * 1024 }]);
  const text = Buffer.from('no picture').toString('base64');
  await assert.rejects(graphql(CREATE, { book: { title: 'Text', cover: { base64: text } } }, gateway), {
    code: 'FILE_TYPE_NOT_ACCEPTED',
  });
});
