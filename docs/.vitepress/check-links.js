// Fails if a link of the site leads to no page or to no place in it: node check-links.js. Javadoc is looked at as a target only.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SITE = path.join(import.meta.dirname, 'dist');
const LINK = /<a\s[^>]*?href="([^"]*)"/g;

const pages = readdirSync(SITE, { recursive: true }).filter(
  (file) => file.endsWith('.html') && !file.startsWith('javadoc'),
);
const placesOf = new Map();

function places(file) {
  if (!placesOf.has(file)) {
    placesOf.set(
      file,
      new Set([...readFileSync(file, 'utf8').matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id)),
    );
  }
  return placesOf.get(file);
}

function leadsSomewhere(page, href) {
  const [address, place] = href.split('#').map(decodeURIComponent);
  let file = address.startsWith('/') ? path.join(SITE, address) : path.resolve(SITE, path.dirname(page), address);
  if (address === '') {
    file = path.join(SITE, page);
  } else if (existsSync(file) && statSync(file).isDirectory()) {
    file = path.join(file, 'index.html');
  }
  return existsSync(file) && (!place || places(file).has(place));
}

const broken = new Set();
let checked = 0;
for (const page of pages) {
  for (const [, href] of readFileSync(path.join(SITE, page), 'utf8').matchAll(LINK)) {
    if (!/^[a-z]+:/.test(href)) {
      checked++;
      if (!leadsSomewhere(page, href.replaceAll('&amp;', '&'))) {
        broken.add(`${page}: ${href}`);
      }
    }
  }
}
if (pages.length < 20 || checked < 200 || broken.size > 0) {
  console.error([`${pages.length} pages, ${checked} links, broken:`, ...broken].join('\n'));
  process.exit(1);
}
console.log(`${pages.length} pages, ${checked} links, none broken`);
