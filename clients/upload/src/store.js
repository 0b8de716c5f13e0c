// Sends bytes as the server has told, to whatever store it has named.
import { UploadError } from './error.js';
import { sendContent } from './http.js';
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
 * @param {{ signal: AbortSignal, stallTimeout: number }} bounds
 * @param {(sent: number) => void} onProgress bytes of the body so far
 * @throws {UploadError} if it has not arrived, as far as is known; UNAUTHENTICATED where what is in front of the server's own
 *   store asks for a session that has ended
 */
export async function sendToStore({ url, method, headers }, body, bounds, onProgress) {
  // Browsers set Content-Length themselves and let no script do it.
  const settable = headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
  const { status, text, waitSeconds } = await sendContent(
    { url, method, headers: Object.fromEntries(settable.map(({ name, value }) => [name, value])), body, ...bounds },
    onProgress,
  );
  if (status === 404 || status === 405) {
    throw nothingThere(url, status);
  }
  if (status < 200 || status > 299) {
    const temporary = mayPass(status) || (status === 400 && (text === '' || PASSING_REFUSAL.test(text)));
    throw new UploadError(`The upload was refused with status ${status}.`, {
      code: status === 401 ? 'UNAUTHENTICATED' : 'STORE_REFUSED',
      params: { status },
      temporary,
      waitSeconds,
    });
  }
}

/**
 * An upload that is gone, which a new request from the server settles; or else a proxy of a development server that
 * passes on GraphQL only.
 *
 * @param {string} url
 * @param {number} status
 */
function nothingThere(url, status) {
  const { origin, pathname } = new URL(url);
  const params = { status, url: origin + pathname }; // without the signature
  return new UploadError(
    `Nothing takes files at ${params.url} (status ${status}). A proxy must pass this path on to the server too.`,
    { code: 'UPLOAD_URL_NOT_FOUND', params, temporary: true },
  );
}
