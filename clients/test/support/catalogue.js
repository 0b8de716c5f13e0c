// What the tests ask of the example beside what they are about.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export const server = process.env.EXAMPLE_URL ?? assert.fail('run the tests with: npm test');

const STATIC = new URL('../../../example/src/main/resources/static/', import.meta.url);

export async function graphql(query, variables, at = server) {
  const response = await fetch(`${at}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) {
    throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  }
  return data;
}

/** Removes the products that a test has made. Call it when the page is closed: it would miss the pictures. */
export async function removeProducts(...names) {
  const { products } = await graphql('{ products { id name } }');
  for (const { id } of products.filter(({ name }) => names.includes(name))) {
    await graphql('mutation ($id: ID!) { deleteProduct(id: $id) }', { id });
  }
}

/** A picture as a browser's file picker gives it. */
export async function picture(name = 'cup.png') {
  return new File([await readFile(new URL('cup.png', STATIC))], name, { type: 'image/png', lastModified: 1 });
}

/** A manual of any length: what looks like a PDF, with content that differs from place to place. */
export function manual(byteSize, name = 'manual.pdf') {
  return new File([manualBytes(byteSize)], name, { type: 'application/pdf', lastModified: 1 });
}

export function manualBytes(byteSize) {
  const bytes = Buffer.alloc(byteSize);
  for (let i = 0; i + 4 <= byteSize; i += 4096) {
    bytes.writeUInt32LE(i, i);
  }
  bytes.write('%PDF-1.7\n', 0, 'latin1');
  return bytes;
}

/** wrap puts the file into a list, where the field takes one. */
export async function createWithToken(field, token, at = server, wrap = (file) => file) {
  const { createProduct } = await graphql(
    `mutation ($product: ProductInput!) {
      createProduct(product: $product) { id ${field} { url fileName mimeType byteSize } }
    }`,
    { product: { name: 'A product', [field]: wrap({ directUploadToken: token }) } },
    at,
  );
  return createProduct;
}

/** The file comes back byte for byte. */
export async function assertServed(stored, file) {
  const response = await fetch(stored.url);
  assert.equal(response.status, 200);
  const served = createHash('sha256');
  for await (const chunk of response.body) {
    served.update(chunk);
  }
  const sent = createHash('sha256');
  for await (const chunk of file.stream()) {
    sent.update(chunk);
  }
  assert.equal(served.digest('hex'), sent.digest('hex'));
  assert.equal(stored.fileName, file.name);
}
