// What Lighthouse says of the page with 300 products, on the phone and the network that it simulates.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import lighthouse, { defaultConfig } from 'lighthouse';
import { startBrowser } from './support/browser.js';
import { graphql, picture } from './support/catalogue.js';
import { freePort, startExample } from './support/example.js';

const PRODUCTS = 300;
/** Files that one request may bring. */
const AT_ONCE = 10;
const ATTEMPTS = 3;
/** Performance is judged only on request, where nothing else runs: it says as much of the machine as of the page. */
const JUDGED = process.env.LIGHTHOUSE_PERFORMANCE === 'true';
/** Lighthouse slows the processor down to that of a phone: four times, on a machine with four times this benchmark index. */
const PHONE = 375;
const MOST_SLOWDOWN = 4;

let example;
let port;
let browser;
before(async () => {
  example = await startExample();
  await addProducts();
  port = await freePort();
  browser = await startBrowser([`--remote-debugging-port=${port}`]);
});
after(async () => {
  await browser?.close();
  await example?.stop();
});

async function addProducts() {
  const base64 = Buffer.from(await (await picture()).arrayBuffer()).toString('base64');
  const create = Array.from(
    { length: AT_ONCE },
    (_, i) => `p${i}: createProduct(product: { name: "Product ${i}", image: $image }) { id }`,
  );
  for (let made = 0; made < PRODUCTS; made += AT_ONCE) {
    await graphql(
      `mutation ($image: StoredFileInput!) { ${create.join(' ')} }`,
      { image: { base64, fileName: 'cup.png' } },
      example.url,
    );
  }
}

/** What Lighthouse finds, and how fast it found this machine to be. */
async function scores(cpuSlowdownMultiplier) {
  const { lhr } = await lighthouse(
    `${example.url}/`,
    { port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'] },
    {
      extends: 'lighthouse:default',
      settings: { throttling: { ...defaultConfig.settings.throttling, cpuSlowdownMultiplier } },
    },
  );
  assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
  const wrong = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
  return {
    speed: lhr.environment.benchmarkIndex,
    shift: lhr.audits['cumulative-layout-shift'].numericValue,
    scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)])),
    wrong: wrong.map(({ id, score, displayValue = '' }) => `${id}: ${score} ${displayValue}`),
  };
}

test('accessibility, best practices and SEO 100, nothing moves, and performance at least 95 where it is judged', async (t) => {
  let best;
  let slowdown = MOST_SLOWDOWN;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await scores(slowdown);
    t.diagnostic(`${JSON.stringify(found.scores)}, benchmark index ${found.speed}, slowed down ${slowdown} times`);
    best = best?.scores.performance > found.scores.performance ? best : found;
    if (best.scores.performance >= 95 || !JUDGED) {
      break;
    }
    slowdown = Math.min(MOST_SLOWDOWN, found.speed / PHONE);
  }
  const { performance, ...others } = best.scores;
  assert.deepEqual(others, { accessibility: 100, 'best-practices': 100, seo: 100 }, best.wrong.join('\n'));
  assert.ok(best.shift < 0.01, `layout shift: expected none, found ${best.shift}`);
  assert.ok(
    performance >= 95 || !JUDGED,
    `performance: expected at least 95, found ${performance}:\n${best.wrong.join('\n')}`,
  );
});

test('all products are shown', async () => {
  const page = await browser.newPage();
  await page.goto(example.url);
  await page.waitForFunction((count) => document.querySelectorAll('#products > li').length === count, PRODUCTS);
});

test('what the page is made of is compressed, and asked for again only if it has changed', async () => {
  for (const path of ['/', '/js/main.js', '/css/page.css', '/upload/index.js', '/upload/upload.js', '/icon.svg']) {
    const { status, headers } = await fetch(example.url + path, { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(status, 200, path);
    assert.equal(headers.get('Cache-Control'), 'no-cache', path);
    assert.match(headers.get('ETag') ?? '', /^(W\/)?"/, path);
    const again = await fetch(example.url + path, {
      headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': headers.get('ETag') },
    });
    assert.equal(again.status, 304, path);
  }
  const { headers } = await fetch(`${example.url}/upload/upload.js`, { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(headers.get('Content-Encoding'), 'gzip');
});
