// Requests, each with an end: an answer, or an UploadError that says why there is none.
import { UploadError } from './error.js';

/**
 * @typedef {object} Outgoing
 * @property {string} url
 * @property {string} method
 * @property {Record<string, string>} headers
 * @property {Blob | string} body
 * @property {AbortSignal} signal
 * @property {number} stallTimeout milliseconds without progress after which the request is broken off
 */

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {number} waitSeconds what Retry-After says; 0 without it
 * @property {boolean} redirected
 * @property {string} text
 */

/**
 * Sends a request whose progress nobody watches.
 *
 * @param {Outgoing & { credentials?: RequestCredentials }} outgoing
 * @returns {Promise<Answer>} whatever the status
 * @throws {UploadError} if there is no answer
 */
export async function send({ url, signal, stallTimeout, ...init }) {
  const watch = watchdog(stallTimeout, signal);
  try {
    const response = await fetch(url, { ...init, signal: watch.signal });
    return {
      status: response.status,
      waitSeconds: seconds(response.headers.get('Retry-After')),
      redirected: response.redirected,
      text: await response.text(),
    };
  } catch (e) {
    throw watch.stalled() ? stall(stallTimeout) : noAnswer(e);
  } finally {
    watch.end();
  }
}

/**
 * Sends a file or a part of one. By XMLHttpRequest where there is one, because fetch cannot tell how far it has come;
 * for the same reason a stall is not noticed without it.
 *
 * @param {Outgoing} outgoing
 * @param {(sent: number) => void} onProgress bytes of the body so far
 * @returns {Promise<Answer>} whatever the status
 * @throws {UploadError} if there is no answer
 */
export function sendContent(outgoing, onProgress) {
  return typeof XMLHttpRequest === 'undefined'
    ? send({ ...outgoing, stallTimeout: Number.POSITIVE_INFINITY })
    : sendByXhr(outgoing, onProgress);
}

/**
 * @param {Outgoing} outgoing
 * @param {(sent: number) => void} onProgress
 * @returns {Promise<Answer>}
 */
async function sendByXhr({ url, method, headers, body, signal, stallTimeout }, onProgress) {
  const request = new XMLHttpRequest();
  const watch = watchdog(stallTimeout, signal);
  const stop = () => request.abort();
  try {
    await new Promise((resolve, reject) => {
      request.open(method, url);
      for (const [name, value] of Object.entries(headers)) {
        request.setRequestHeader(name, value);
      }
      request.upload.addEventListener('progress', (event) => {
        watch.progress();
        onProgress(event.loaded);
      });
      for (const end of ['error', 'abort']) {
        request.addEventListener(end, () => reject(watch.stalled() ? stall(stallTimeout) : noAnswer()));
      }
      request.addEventListener('load', resolve);
      watch.signal.addEventListener('abort', stop);
      if (watch.signal.aborted) {
        reject(noAnswer());
      } else {
        request.send(body);
      }
    });
  } finally {
    watch.end();
  }
  return {
    status: request.status,
    waitSeconds: seconds(isOfThisOrigin(request) ? request.getResponseHeader('Retry-After') : null),
    redirected: false,
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
 * A signal that ends with the one given, or when nothing has moved for too long.
 *
 * @param {number} timeout
 * @param {AbortSignal} signal
 */
function watchdog(timeout, signal) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  let stalled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const progress = () => {
    clearTimeout(timer);
    // Timers of more than 24 days fire at once.
    if (timeout < 2 ** 31) {
      timer = setTimeout(() => {
        stalled = true;
        stop();
      }, timeout);
    }
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) {
    stop();
  }
  progress();
  return {
    signal: controller.signal,
    progress,
    stalled: () => stalled,
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
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
  return new UploadError('The connection to the server failed.', { code: 'CONNECTION_FAILED', temporary: true, cause });
}

/** @param {number} timeout */
function stall(timeout) {
  const params = { seconds: timeout / 1000 };
  return new UploadError(`The server has not moved for ${params.seconds} s.`, {
    code: 'CONNECTION_STALLED',
    params,
    temporary: true,
  });
}
