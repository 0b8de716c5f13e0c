import { Operations, graphqlOverHttp } from './operations.js';
import { SavedUploads } from './saved.js';
import { Upload } from './upload.js';

/**
 * @typedef {object} UploaderOptions
 * @property {string | import('./operations.js').RunOperation} [graphql] the endpoint, by default `/graphql`; or what runs an
 *   operation and gives its data, throwing an UploadError where the server reports errors
 * @property {() => Record<string, string>} [headers] for requests to the endpoint, such as Authorization; not sent to the store
 * @property {import('./saved.js').TextStorage | null} [storage] where to remember uploads across reloads, by default
 *   `localStorage` where there is one; null for nowhere
 * @property {number} [concurrency] parts of one file that are sent at once, by default 4
 * @property {number} [retries] attempts in a row that may fail, by default 6
 * @property {(attempt: number) => number} [delay] milliseconds to wait before attempt 1, 2, ... after a failure
 * @property {() => number} [now] milliseconds since 1970
 */

export class Uploader {
  #context;

  /** @param {UploaderOptions} [options] */
  constructor({
    graphql = '/graphql',
    headers = () => ({}),
    storage = defaultStorage(),
    concurrency = 4,
    retries = 6,
    delay = backOff,
    now = Date.now,
  } = {}) {
    this.#context = {
      operations: new Operations(typeof graphql === 'string' ? graphqlOverHttp(graphql, headers) : graphql),
      saved: new SavedUploads(storage, now),
      concurrency,
      retries,
      delay,
      now,
    };
  }

  /**
   * Begins to send a file, or goes on where an earlier page stopped with the same file for the same field: that is, of
   * the same name, size and time. A Blob that is no File begins anew each time.
   *
   * @param {string} field as `fileFields` names it: Product.image
   * @param {File | Blob} file
   * @param {object} [options]
   * @param {boolean} [options.inParts] by default the server decides by the size
   * @param {(upload: Upload) => void} [options.onChange] called whenever `state` or `sent` has changed
   */
  upload(field, file, options = {}) {
    return new Upload(this.#context, field, file, options);
  }

  /** Uploads of the last 24 hours whose token has not been used: give their files to `upload` again to go on. */
  unfinished() {
    return this.#context.saved.all();
  }

  /**
   * Call this when a mutation has taken the token: a later upload of the same file begins anew.
   *
   * @param {string} field
   * @param {File | Blob} file
   */
  forget(field, file) {
    this.#context.saved.remove(field, file);
  }

  /**
   * Discards what an earlier page began. If the server cannot be reached, it deletes what has arrived within a day.
   *
   * @param {import('./saved.js').SavedUpload} upload one of `unfinished`
   */
  async discard(upload) {
    this.#context.saved.remove(upload.field, upload);
    await this.#context.operations.abort(upload.token, new AbortController().signal).catch(() => {});
  }
}

/** @param {UploaderOptions} [options] */
export function createUploader(options) {
  return new Uploader(options);
}

/**
 * 0.5 s, 1 s, 2 s, ... 30 s at most, each by chance up to half shorter, so that many clients do not come back at once.
 *
 * @param {number} attempt
 */
function backOff(attempt) {
  return Math.min(30_000, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

function defaultStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    // The browser lets this page keep nothing.
    return null;
  }
}
