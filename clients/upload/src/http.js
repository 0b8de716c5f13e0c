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
function sendByXhr({ url, method, headers, body, signal, onProgress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const settle = () => signal.removeEventListener('abort', stop);
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', (event) => onProgress?.(event.loaded));
    request.addEventListener('load', () => resolve({
      status: request.status,
      waitSeconds: seconds(sameOrigin(url) ? request.getResponseHeader('Retry-After') : null),
      text: request.responseText,
    }));
    request.addEventListener('error', () => reject(noAnswer()));
    request.addEventListener('abort', () => reject(noAnswer()));
    request.addEventListener('loadend', settle);
    signal.addEventListener('abort', stop);
    if (signal.aborted) {
      settle();
      reject(noAnswer());
    } else {
      request.send(body);
    }
  });
}

/**
 * Other origins show this header only if they say so, and browsers complain in their console when it is asked for.
 *
 * @param {string} url
 */
function sameOrigin(url) {
  return new URL(url, document.baseURI).origin === location.origin;
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
