// What each file field takes, and whether a file will do: so that nobody sends in vain. The server looks closer.
import { UploadError } from './error.js';
import { nameOf } from './saved.js';

/**
 * @typedef {object} FieldRules
 * @property {string} field Product.image
 * @property {string[]} accept as in the HTML attribute; empty for everything
 * @property {number} minByteSize
 * @property {number} maxByteSize the most that any way takes
 * @property {number | null} maxCount of a list
 * @property {{ source: Source, maxByteSize: number }[]} limits by each way
 */
/** @typedef {'DIRECT_UPLOAD' | 'FILE' | 'BASE64' | 'COPY_URL'} Source */

/**
 * What speaks against a file; null for nothing.
 *
 * @param {FieldRules} rules
 * @param {File | Blob} file
 * @param {Source} source
 * @returns {UploadError | null}
 */
export function objection({ field, accept, minByteSize, maxByteSize, limits }, file, source) {
  const fileName = nameOf(file);
  const byteSize = file.size;
  if (byteSize === 0 && (minByteSize > 0 || accept.length > 0)) {
    // Nothing has no type: it would be refused for that, in words that help nobody.
    return new UploadError(`${fileName} is empty.`, { code: 'FILE_EMPTY', params: { fileName } });
  }
  // Browsers know the type by the name's ending, or not at all.
  const mimeType = file.type.split(';')[0].trim();
  if (mimeType && accept.length > 0 && !accept.some((pattern) => matches(pattern, fileName, mimeType))) {
    return new UploadError(`${field} does not accept ${mimeType}; it accepts ${accept.join(', ')}.`, {
      code: 'FILE_TYPE_NOT_ACCEPTED',
      params: { fileName, mimeType, accept },
    });
  }
  const most = limits.find((limit) => limit.source === source)?.maxByteSize ?? maxByteSize;
  if (byteSize > most) {
    return new UploadError(`${fileName} has ${byteSize} bytes; ${field} takes ${most} at most.`, {
      code: 'FILE_TOO_LARGE',
      params: { fileName, byteSize, maxByteSize: most },
    });
  }
  if (byteSize < minByteSize) {
    return new UploadError(`${fileName} has ${byteSize} bytes; ${field} takes ${minByteSize} at least.`, {
      code: 'FILE_INVALID',
      params: { fileName, byteSize, minByteSize },
    });
  }
  return null;
}

/**
 * As the accept attribute of HTML has it; but browsers only guess, and the server goes by the content. A table is a
 * table where Excel has taken its ending, and JPEG has several names.
 *
 * @param {string} pattern
 * @param {string} fileName
 * @param {string} mimeType
 */
function matches(pattern, fileName, mimeType) {
  const name = fileName.toLowerCase();
  if (pattern.startsWith('.')) {
    return name.endsWith(pattern.toLowerCase());
  }
  if (pattern.endsWith('/*')) {
    return mimeType.startsWith(pattern.slice(0, -1));
  }
  return canonical(mimeType) === canonical(pattern) || name.endsWith(pattern.replace(/.*\//, '.'));
}

/** @param {string} mimeType */
function canonical(mimeType) {
  return mimeType.replace('/x-', '/').replace(/\/p?jpe?g$/, '/jpeg');
}
