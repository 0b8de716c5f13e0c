// A small picture of a file, or the ending of its name where the browser cannot show one.
import { element } from './dom.js';

/** Of a chosen file. Call release() when it is no longer shown. */
export function preview(file) {
  const url = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
  const place = element('span', { className: 'preview' }, url ? thumbnail(url, '', file.name) : kind(file.name));
  place.release = () => url && URL.revokeObjectURL(url);
  return place;
}

/** Of a stored file. */
export function storedPreview({ url, fileName, mimeType }) {
  return mimeType.startsWith('image/') ? thumbnail(url, '', fileName) : kind(fileName);
}

/** A picture; where the browser cannot show it, as with HEIC in most, what it is instead. */
export function thumbnail(url, alt, fileName, properties = {}) {
  const image = element('img', { className: 'thumb', src: url, alt, ...properties });
  image.addEventListener('error', () => image.replaceWith(kind(fileName, alt)), { once: true });
  return image;
}

function kind(fileName, alt) {
  const [, ending = 'file'] = /\.([^.]{1,5})$/.exec(fileName) ?? [];
  return element(
    'span',
    { className: 'thumb kind', ...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': 'true' }) },
    ending.toUpperCase(),
  );
}
