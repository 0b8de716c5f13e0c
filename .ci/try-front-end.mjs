// Runs the scripts of docs/front-end.md against a running example: node try-front-end.mjs <server> <scripts> <picture>
import { readFile } from 'node:fs/promises';

const [server, scripts, picture] = process.argv.slice(2);
const bytes = await readFile(picture);
const source = await readFile(scripts, 'utf8');
const names = ['createWithFile', 'createWithBase64', 'createWithUrl', 'createWithDirectUpload', 'createInParts'];
const AsyncFunction = (async () => {}).constructor;
const docs = await new AsyncFunction('server', `${source}\nreturn { fileFields, ${names.join(', ')} };`)(server);

const fields = docs.fileFields.map(({ field }) => field);
if (!fields.includes('Product.image')) throw new Error(`fileFields: ${fields}`);

const file = new File([bytes], 'cup.png', { type: 'image/png' });
for (const name of names) {
  const product = await docs[name](name === 'createWithUrl' ? `${server}/cup.png` : file);
  const answer = await fetch(product.image.url);
  const served = Buffer.from(await answer.arrayBuffer());
  if (!served.equals(bytes)) throw new Error(`${name}: other bytes came back`);
  if (answer.headers.get('content-type') !== 'image/png')
    throw new Error(`${name}: ${answer.headers.get('content-type')}`);
  console.log(`docs/front-end.md ${name}: ${product.image.fileName}, ${served.length} bytes`);
}
