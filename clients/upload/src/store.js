// Sends bytes as the server has told, to whatever store it has named.
import { UploadError } from './error.js';
import { send } from './http.js';
import { mayPass } from './operations.js';

/**
 * Status 400 with these is how S3 answers a body that came too slowly and a request whose session has ended, and Cloud
 * Storage a URL that has expired. With a new request from the server it goes on; so it may where the reason is hidden.
 */
const PASSING_REFUSAL = /<Code>(RequestTimeout|ExpiredToken)<\/Code>/;

/**
 * Sends the content of one request.
 *
 * @param {import('./operations.js').UploadRequest} request
 * @param {Blob} body
 * @param {AbortSignal} signal
 * @param {(sent: number) => void} onProgress bytes of the body so far
 * @throws {UploadError} if it has not arrived, as far as is known
 */
export async function sendToStore({ url, method, headers }, body, signal, onProgress) {
  // Browsers set Content-Length themselves and let no script do it.
  const settable = headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
  const { status, text, waitSeconds } = await send({
    url,
    method,
    headers: Object.fromEntries(settable.map(({ name, value }) => [name, value])),
    body,
    signal,
    onProgress,
  });
  if (status < 200 || status > 299) {
    const temporary = mayPass(status) || (status === 400 && (text === '' || PASSING_REFUSAL.test(text)));
    throw new UploadError(`The upload was refused with status ${status}.`, { temporary, waitSeconds });
  }
}
