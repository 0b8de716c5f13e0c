// A headless Chromium, and what a person does in it.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { server } from './catalogue.js';

const SCREENSHOTS = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));
const AXE = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url));

/** options: more of them for Chromium. */
export async function startBrowser(options = []) {
  await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...options,
    ],
  });
}

/**
 * Opens the example's page for one test; whatever the page complains about in its console fails the test, unless the test
 * takes it out of the complaints. `prepare` gets the page before it is opened; `loads` tells whether it is going to list
 * its products.
 */
export async function withPage(browser, { url = server, prepare = () => {}, loads = true, ...options }, work) {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 860 },
    colorScheme: 'light',
    ...options,
  });
  const complaints = [];
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(Number(process.env.PATIENCE ?? 180_000));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // Spring's page to sign in has no icon.
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) {
        complaints.push(`${message.text()} ${message.location().url}`);
      }
    });
    await prepare(page);
    const listed = loads && page.waitForResponse((response) => listsProducts(response.request()));
    await page.goto(url);
    await listed;
    await work(page, complaints);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

export function screenshot(page, name) {
  return page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
}

/** Drops files from outside the browser. Each is { name, type, content: Buffer }. */
export async function drop(page, place, files) {
  const transfer = await page.evaluateHandle(
    async (given) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      return data;
    },
    files.map(({ name, type, content }) => ({ name, type, base64: content.toString('base64') })),
  );
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await place.dispatchEvent(event, { dataTransfer: transfer });
  }
}

/** Draws a picture of a thing on a coloured ground. */
export async function draw(page, name, hue) {
  const base64 = await page.evaluate(async (h) => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const pen = canvas.getContext('2d');
    const ground = pen.createLinearGradient(0, 0, 640, 480);
    ground.addColorStop(0, `hsl(${h} 55% 82%)`);
    ground.addColorStop(1, `hsl(${h + 40} 50% 62%)`);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = `hsl(${h} 40% 30%)`;
    pen.beginPath();
    pen.roundRect(230, 150, 180, 220, 36);
    pen.fill();
    pen.fillStyle = `hsl(${h + 180} 60% 75%)`;
    pen.beginPath();
    pen.arc(320, 245, 52 + (h % 30), 0, 7);
    pen.fill();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, hue);
  return {
    name,
    type: 'image/png',
    mimeType: 'image/png',
    content: Buffer.from(base64, 'base64'),
    buffer: Buffer.from(base64, 'base64'),
  };
}

/** Takes out what browsers say of a request that fails, where a test makes it fail. */
export function expectFailedRequests(complaints) {
  for (const text of complaints.splice(0)) {
    if (!text.startsWith('Failed to load resource')) {
      complaints.push(text);
    }
  }
}

/** Handles what is sent to the store as `handle` says; everything else passes. */
export function routeUploads(page, handle) {
  return page.route('**/*', (route) => (route.request().method() === 'PUT' ? handle(route) : route.fallback()));
}

/** Whether the page asks for the products. */
export function listsProducts(request) {
  return request.postData()?.includes('products {');
}

/** A field of the editor, by its label. */
export function editorField(page, label) {
  return page.locator('#editor fieldset').filter({ has: page.locator('legend', { hasText: label }) });
}

/** What is said to those who do not see the page. */
export function announced(page, text) {
  return page.locator('#announcer', { hasText: text }).waitFor({ state: 'attached' });
}

export function card(page, name) {
  return page.locator('#products > li').filter({ has: page.getByRole('heading', { name, exact: true }) });
}

/** The picture of a product is there and shown. */
export async function shownPicture(page, name) {
  const picture = card(page, name).locator('.picture img');
  await shown(page, picture);
  return picture.getAttribute('src');
}

/** The same for the pictures of its gallery. */
export async function shownGallery(page, name) {
  const pictures = card(page, name).locator('.gallery img');
  await pictures.first().waitFor();
  for (const picture of await pictures.all()) {
    await shown(page, picture);
  }
}

async function shown(page, picture) {
  await picture.waitFor();
  await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, await picture.elementHandle());
}

/** What axe-core finds wrong for people with disabilities. */
export async function barriers(page) {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}
