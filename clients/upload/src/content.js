// Whether the bytes of a chosen file can be read.
import { UploadError } from './error.js';
import { nameOf } from './saved.js';

/**
 * A folder, and a file that was changed or deleted since it was chosen, cannot be read; to a request that sends it that
 * looks like a broken connection.
 *
 * @param {Blob} content
 */
export async function isReadable(content) {
  if (typeof content.arrayBuffer !== 'function') {
    return true; // React Native has none, and no way to tell
  }
  try {
    const { byteLength } = await content.slice(0, 1).arrayBuffer();
    return byteLength === Math.min(1, content.size);
  } catch {
    return false;
  }
}

/**
 * @param {File | Blob} file
 * @param {unknown} [cause]
 */
export function unreadable(file, cause) {
  const params = { fileName: nameOf(file) };
  return new UploadError(
    `${params.fileName} cannot be read: it is a folder, or was changed or deleted since it was chosen.`,
    { code: 'FILE_UNREADABLE', params, cause },
  );
}

/**
 * Says at once what else the store would be sent as "[object Object]".
 *
 * @param {unknown} file
 */
export function requireContent(file) {
  const blob = /** @type {Partial<Blob> | null | undefined} */ (file);
  if (typeof blob?.slice !== 'function' || typeof blob.size !== 'number') {
    throw new TypeError(
      'file: expected a File or a Blob; in React Native, make one of the uri: await (await fetch(uri)).blob()',
    );
  }
}
