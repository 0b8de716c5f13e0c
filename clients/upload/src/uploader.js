import { isReadable, requireContent, unreadable } from './content.js';
import { Operations, graphqlOverHttp } from './operations.js';
import { objection } from './rules.js';
import { SavedUploads } from './saved.js';
import { Slots } from './slots.js';
import { Upload } from './upload.js';

/**
 * @typedef {object} UploaderOptions
 * @property {string | import('./operations.js').RunOperation} [graphql] the endpoint, by default `/graphql`; or what runs an
 *   operation and gives its data, throwing an UploadError where the server reports errors
 * @property {() => Record<string, string> | Promise<Record<string, string>>} [headers] for requests to the endpoint, such
 *   as Authorization; asked before each, and not sent to the store
 * @property {RequestCredentials} [credentials] as in `fetch`, for requests to the endpoint; by default `same-origin`
 * @property {import('./saved.js').TextStorage | null} [storage] where to remember uploads across reloads, by default
 *   `localStorage` where there is one; null for nowhere
 * @property {number} [concurrency] files and parts that are sent at once, over all uploads, by default 4
 * @property {number} [partsFrom] bytes from which on a file goes in parts, by default 16 MiB; Infinity leaves it to the server
 * @property {number} [retries] attempts in a row that may fail, by default 6
 * @property {number} [stallTimeout] milliseconds without progress after which a request is sent again, by default 30,000
 * @property {(error: { code: string, params: Record<string, unknown>, message: string }) => string | undefined} [translate]
 *   gives the message of an error in the user's language; undefined leaves the English one
 * @property {(attempt: number) => number} [delay] milliseconds to wait before attempt 1, 2, ... after a failure
 * @property {() => number} [now] milliseconds since 1970
 */

/**
 * @typedef {object} UploadOptions
 * @property {boolean} [inParts] by default the size decides
 * @property {AbortSignal} [signal] aborts the upload
 * @property {(upload: Upload) => void} [onChange] called whenever `snapshot` has changed
 */

export class Uploader {
  #context;
  /** @type {Promise<Map<string, import('./rules.js').FieldRules>> | null} */
  #rules = null;

  /** @param {UploaderOptions} [options] */
  constructor({
    graphql = '/graphql',
    headers = () => ({}),
    credentials = 'same-origin',
    storage = defaultStorage(),
    concurrency = 4,
    partsFrom = 16 * 1024 * 1024,
    retries = 6,
    stallTimeout = 30_000,
    translate = () => undefined,
    delay = backOff,
    now = Date.now,
  } = {}) {
    const run =
      typeof graphql === 'string' ? graphqlOverHttp(graphql, { headers, credentials, stallTimeout }) : graphql;
    this.#context = {
      operations: new Operations(run),
      saved: new SavedUploads(storage, now),
      slots: new Slots(concurrency),
      concurrency,
      partsFrom,
      retries,
      stallTimeout,
      delay,
      now,
      /** @param {import('./error.js').UploadError} error */
      translate: (error) => {
        error.message = translate(error) ?? error.message;
        return error;
      },
    };
  }

  /**
   * Begins to send a file, or goes on where an earlier page stopped with the same file for the same field: that is, of
   * the same name, size and time. A Blob that is no File begins anew each time.
   *
   * @param {string} field as `fileFields` names it: Product.image
   * @param {File | Blob} file
   * @param {UploadOptions} [options]
   */
  upload(field, file, options = {}) {
    requireContent(file);
    return new Upload(this.#context, field, file, options);
  }

  /**
   * What each file field takes, by its name. Asked once, and again after a failure.
   *
   * @returns {Promise<Map<string, import('./rules.js').FieldRules>>}
   */
  rules() {
    this.#rules ??= this.#context.operations
      .fields(new AbortController().signal)
      .then((all) => new Map(all.map((rules) => [rules.field, rules])))
      .catch((e) => {
        this.#rules = null;
        throw e;
      });
    return this.#rules;
  }

  /**
   * What speaks against a file before anything is sent; null for nothing. The server looks closer.
   *
   * @param {string} field
   * @param {File | Blob} file
   * @param {import('./rules.js').Source} [source] the way it is to take
   */
  async check(field, file, source = 'DIRECT_UPLOAD') {
    requireContent(file);
    const rules = (await this.rules()).get(field);
    const found = (await isReadable(file)) ? (rules ? objection(rules, file, source) : null) : unreadable(file);
    return found && this.translate(found);
  }

  /**
   * Gives an error the message that the application has for it.
   *
   * @param {import('./error.js').UploadError} error
   */
  translate(error) {
    return this.#context.translate(error);
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
