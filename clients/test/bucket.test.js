// The page when the example keeps its files in a bucket: bytes go between the browser and the bucket.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBucket } from './support/bucket.js';
import {
  announced,
  card,
  draw,
  drop,
  editorField,
  screenshot,
  shownPicture,
  startBrowser,
  withPage,
} from './support/browser.js';
import { assertServed, graphql, manualBytes } from './support/catalogue.js';
import { startExample } from './support/example.js';

const SIZE = 17 * 1024 * 1024; // three parts

let browser;
let bucket;
let example;
before(async () => {
  bucket = await startBucket();
  example = await startExample(() => bucket.options, bucket.variables);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await example?.stop();
  await bucket?.stop();
});

test('files go from the page straight to the bucket, in one request or in parts, and are shown from there', async () => {
  await withPage(browser, { url: example.url }, async (page) => {
    const sent = { [bucket.endpoint]: 0, [example.url]: 0 };
    page.on('requestfinished', async (request) => {
      const { 'content-length': byteSize = 0 } = await request.allHeaders();
      sent[new URL(request.url()).origin] += Number(byteSize);
    });
    await drop(page, page.locator('#quick-add .picker'), [await draw(page, 'Bucket.png', 30)]);
    const small = await shownPicture(page, 'Bucket');
    // Made by the example when it was asked for, and read from the bucket.
    assert.equal(new URL(small).origin, example.url);
    assert.equal(new URL((await page.request.get(small)).url()).origin, bucket.endpoint);
    const { products: created } = await graphql('{ products { image { url } } }', {}, example.url);
    const picture = created[0].image.url;
    assert.equal(new URL(picture).origin, bucket.endpoint);

    await page.getByRole('button', { name: 'Edit Bucket' }).click();
    const bytes = manualBytes(SIZE);
    await editorField(page, 'Manual')
      .locator('input[type=file]')
      .setInputFiles({ name: 'large.pdf', mimeType: 'application/pdf', buffer: bytes });
    await page.getByRole('button', { name: 'Save' }).click();
    await announced(page, 'Bucket is saved.');
    await card(page, 'Bucket').getByText('17 MB').waitFor();
    await screenshot(page, 'bucket');

    const { products } = await graphql('{ products { manual { url fileName } } }', {}, example.url);
    assert.equal(new URL(products[0].manual.url).origin, bucket.endpoint);
    await assertServed(products[0].manual, new File([bytes], 'large.pdf'));
    assert.ok(sent[bucket.endpoint] > SIZE, JSON.stringify(sent));
    assert.ok(sent[example.url] < 32 * 1024, JSON.stringify(sent));

    await page.getByRole('button', { name: 'Delete Bucket' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await announced(page, 'Bucket is deleted.');
    assert.equal((await page.request.get(picture)).status(), 404);
    assert.equal((await page.request.get(small)).status(), 404);
  });
});
