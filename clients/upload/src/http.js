// One HTTP request with a body. XMLHttpRequest where there is one, because fetch cannot tell how far an upload has come.
import { UploadError } from './error.js';

/**
 * @typedef {object} Outgoing
 * @property {string} url
 * @property {string} method
 * @property {Record<string, string>} headers
 * @property {Blob | string} body
 * @property {AbortSignal} signal
 * @property {(sent: number) => void} [onProgress] bytes of the body so far
 */

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {number} waitSeconds what Retry-After says; 0 without it
 * @property {string} text
 */

/**
 * Sends a request.
 *
 * @param {Outgoing} outgoing
 * @returns {Promise<Answer>} whatever the status
 * @throws {UploadError} if there is no answer
 */
export function send(outgoing) {
  return typeof XMLHttpRequest === 'undefined' ? sendByFetch(outgoing) : sendByXhr(outgoing);
}

/**
 * @param {Outgoing} outgoing
 * @returns {Promise<Answer>}
 */
async function sendByFetch({ url, method, headers, body, signal }) {
  try {
    const response = await fetch(url, { method, headers, body, signal });
    return {
      status: response.status,
      waitSeconds: seconds(response.headers.get('Retry-After')),
      text: await response.text(),
    };
  } catch (e) {
    throw noAnswer(e);
  }
}

/**
 * @param {Outgoing} outgoing
 * @returns {Promise<Answer>}
 */
async function sendByXhr({ url, method, headers, body, signal, onProgress }) {
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  try {
    // Nothing but this is done in listeners: what one throws reaches nobody.
    await new Promise((resolve, reject) => {
      request.open(method, url);
      for (const [name, value] of Object.entries(headers)) {
        request.setRequestHeader(name, value);
      }
      request.upload.addEventListener('progress', (event) => onProgress?.(event.loaded));
      for (const end of ['error', 'abort']) {
        request.addEventListener(end, () => reject(noAnswer()));
      }
      request.addEventListener('load', resolve);
      signal.addEventListener('abort', stop);
      if (signal.aborted) {
        reject(noAnswer());
      } else {
        request.send(body);
      }
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return {
    status: request.status,
    waitSeconds: seconds(isOfThisOrigin(request) ? request.getResponseHeader('Retry-After') : null),
    text: request.responseText,
  };
}

/**
 * Other origins show this header only if they say so, and browsers complain in their console when it is asked for.
 *
 * @param {XMLHttpRequest} request
 */
function isOfThisOrigin({ responseURL }) {
  return responseURL.startsWith(`${location.origin}/`);
}

/**
 * The form with a date is not looked at: the usual waiting time is as good.
 *
 * @param {string | null} retryAfter
 */
function seconds(retryAfter) {
  return /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
}

/** @param {unknown} [cause] */
function noAnswer(cause) {
  return new UploadError('The connection to the server failed.', { temporary: true, cause });
}
