import { isReadable, unreadable } from './content.js';
import { UploadError, asUploadError } from './error.js';
import { Session } from './session.js';
import { sendToStore } from './store.js';

/**
 * waiting: it failed, and is tried again soon; blocked: its user must sign in again; failed: nothing more is tried
 * unless `resume` is called.
 *
 * @typedef {'sending' | 'waiting' | 'paused' | 'blocked' | 'done' | 'failed' | 'aborted'} UploadState
 */

/**
 * What can be said of an upload. A new object whenever something has changed, and only then.
 *
 * @typedef {object} UploadSnapshot
 * @property {UploadState} state
 * @property {number} sent bytes that have arrived or are on their way
 * @property {number} total
 * @property {UploadError | null} error why it waits, is blocked or has failed
 */
/** @typedef {import('./operations.js').ServerUpload} ServerUpload */

/**
 * What an upload needs from its uploader.
 *
 * @typedef {object} UploadContext
 * @property {import('./operations.js').Operations} operations
 * @property {import('./saved.js').SavedUploads} saved
 * @property {import('./slots.js').Slots} slots
 * @property {number} concurrency
 * @property {number} partsFrom
 * @property {number} retries
 * @property {number} stallTimeout
 * @property {(attempt: number) => number} delay
 * @property {() => number} now
 * @property {(error: UploadError) => UploadError} translate
 */

/** A path of a proxy that leads nowhere does so again, and soon enough. */
const ATTEMPTS_AT_NOTHING = 1;

/** One file on its way. It begins at once; `token` tells how it ends. */
export class Upload {
  #session;
  #arrived = 0;
  /** Whether anything has been sent, and nothing has failed, since the last look. */
  #hasSent = false;
  /** @type {Map<number, number>} part number -> bytes; what is on its way */
  #underWay = new Map();
  #stop = new AbortController();
  /** @type {(() => void) | null} ends a pause */
  #wake = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {UploadSnapshot} */
  #snapshot;

  /**
   * @param {UploadContext} context
   * @param {string} field
   * @param {File | Blob} file
   * @param {import('./uploader.js').UploadOptions} options
   */
  constructor(context, field, file, { inParts, onChange, signal }) {
    this.context = context;
    this.field = field;
    this.file = file;
    this.#session = new Session(context, field, file, inParts);
    this.#snapshot = Object.freeze({ state: 'sending', sent: 0, total: file.size, error: null });
    if (onChange) {
      this.subscribe(() => onChange(this));
    }
    /**
     * What to give as `directUploadToken`. Rejected with an UploadError when the upload has failed or is aborted; a
     * new promise when one that has failed, or was done long ago, is resumed.
     *
     * @type {Promise<string>}
     */
    this.token = this.#run();
    signal?.addEventListener('abort', () => this.abort(), { once: true });
    if (signal?.aborted) {
      this.abort();
    }
  }

  /** State, progress and error, frozen: what changes is another object. */
  get snapshot() {
    return this.#snapshot;
  }

  get state() {
    return this.#snapshot.state;
  }

  /** Bytes that have arrived or are on their way. */
  get sent() {
    return this.#snapshot.sent;
  }

  get total() {
    return this.#snapshot.total;
  }

  get error() {
    return this.#snapshot.error;
  }

  /**
   * Calls the listener after each change of the snapshot. Bound, so that it can be passed on as it is.
   *
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  subscribe = (listener) => {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  };

  /** Stops sending. Parts that have arrived stay; those on their way are sent again by `resume`. */
  pause() {
    if (this.state === 'sending' || this.state === 'waiting') {
      this.#become('paused');
      this.#stop.abort();
    }
  }

  /**
   * Goes on: after a pause, when the user has signed in again, or after a failure. What has arrived is not sent again.
   * Renews the token of one that was done long ago.
   */
  resume() {
    const { state } = this;
    const isOld = state === 'done' && this.#session.needsRenewal();
    if (!isOld && !['paused', 'blocked', 'failed'].includes(state)) {
      return;
    }
    this.#stop = new AbortController();
    this.#become('sending');
    if (isOld || state === 'failed') {
      this.#session.retry();
      this.token = this.#run();
    }
    this.#wake?.();
  }

  /** Gives the upload up. The server deletes what has arrived; if it cannot be told, it does so within a day. */
  async abort() {
    if (this.state === 'aborted') {
      return;
    }
    this.#become('aborted');
    this.#stop.abort();
    this.#wake?.();
    // What is being started has no token yet.
    await this.token.catch(() => {});
    await this.#session.abort();
  }

  #run() {
    const token = this.#sendToTheEnd();
    // Who only looks at snapshots has no promise to handle.
    token.catch(() => {});
    return token;
  }

  async #sendToTheEnd() {
    // The caller has the upload before it hears of it.
    await Promise.resolve();
    try {
      if (!(await isReadable(this.file))) {
        throw unreadable(this.file);
      }
      const token = await this.#sendAll();
      this.#become('done');
      return token;
    } catch (e) {
      const error = this.context.translate(asUploadError(e));
      if (this.state !== 'aborted') {
        this.#become('failed', error);
      }
      throw error;
    }
  }

  /** Asks what is missing and sends it, again and again, until nothing is missing or nothing helps. */
  async #sendAll() {
    let fruitless = 0;
    for (;;) {
      await this.#whileStopped();
      if (this.state === 'aborted') {
        throw new UploadError('The upload was stopped.', { code: 'ABORTED' });
      }
      const { signal } = this.#stop;
      try {
        const upload = await this.#session.look(signal);
        this.#arrived = upload.uploadedByteSize;
        this.#session.save(this.#arrived);
        this.#publish();
        if (this.#session.advanced) {
          fruitless = 0;
        } else if (this.#hasSent && !upload.complete) {
          throw new UploadError('What was sent has not arrived.', { code: 'UPLOAD_LOST', temporary: true });
        }
        this.#hasSent = false;
        const token = await this.#sendRest(upload, signal);
        if (token !== null && !signal.aborted) {
          return token;
        }
      } catch (e) {
        this.#hasSent = false;
        if (signal.aborted) {
          continue;
        }
        const error = asUploadError(e);
        if (this.#session.isBlocked(error)) {
          fruitless = 0;
          this.#become('blocked', this.context.translate(error));
          continue;
        }
        fruitless++;
        if (!error.temporary || fruitless > this.#attempts(error)) {
          throw error;
        }
        this.#become('waiting', this.context.translate(error));
        await sleep(Math.max(this.context.delay(fruitless), error.waitSeconds * 1000), signal);
        if (!signal.aborted) {
          this.#become('sending');
        }
      }
    }
  }

  /** @param {UploadError} error */
  #attempts({ code }) {
    return code === 'UPLOAD_URL_NOT_FOUND' ? ATTEMPTS_AT_NOTHING : this.context.retries;
  }

  /**
   * @param {ServerUpload} upload
   * @param {AbortSignal} signal
   * @returns {Promise<string | null>} the token if everything is there; null to look again
   */
  async #sendRest(upload, signal) {
    if (upload.complete) {
      return upload.token;
    }
    const whole = upload.request && { number: 0, byteOffset: 0, byteSize: this.file.size, request: upload.request };
    const queue = whole ? [whole] : [...upload.parts];
    const workers = Array.from({ length: Math.min(this.context.concurrency, queue.length) }, async () => {
      while (queue.length > 0 && (await this.#sendNext(queue, signal))) {
        // Until nothing is left, or it is time to look again.
      }
    });
    // One that fails ends; the others go on, and the rest is asked for again.
    const outcomes = await Promise.allSettled(workers);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      throw /** @type {PromiseRejectedResult} */ (failed).reason;
    }
    return whole && queue.length === 0 && !this.#session.needsRenewal() ? upload.token : null;
  }

  /**
   * Sends one part when the uploader has room for it.
   *
   * @param {import('./operations.js').Part[]} queue
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} false if there was none left, or what the server said of them is too old
   */
  async #sendNext(queue, signal) {
    const release = await this.context.slots.take(signal);
    try {
      const part = this.#session.needsRenewal() ? undefined : queue.shift();
      if (part) {
        await this.#send(part, signal);
      }
      return part !== undefined;
    } finally {
      release();
    }
  }

  /**
   * @param {import('./operations.js').Part} part
   * @param {AbortSignal} signal
   */
  async #send({ number, byteOffset, byteSize, request }, signal) {
    const body = this.file.slice(byteOffset, byteOffset + byteSize);
    try {
      await sendToStore(request, body, { signal, stallTimeout: this.context.stallTimeout }, (sent) => {
        this.#underWay.set(number, Math.min(sent, body.size));
        this.#publish();
      });
      this.#hasSent = true;
      this.#arrived += body.size;
      this.#session.save(this.#arrived);
    } catch (e) {
      throw signal.aborted || (await isReadable(body)) ? e : unreadable(this.file, e);
    } finally {
      this.#underWay.delete(number);
      this.#publish();
    }
  }

  async #whileStopped() {
    while (this.state === 'paused' || this.state === 'blocked') {
      await new Promise((resolve) => {
        this.#wake = () => resolve(undefined);
      });
      this.#wake = null;
    }
  }

  /**
   * @param {UploadState} state
   * @param {UploadError | null} [error]
   */
  #become(state, error = null) {
    this.#publish({ state, error });
  }

  /** @param {Partial<UploadSnapshot>} [changes] */
  #publish(changes = {}) {
    const underWay = [...this.#underWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    const before = this.#snapshot;
    const after = { ...before, ...changes, sent: Math.min(before.total, this.#arrived + underWay) };
    if (after.state === before.state && after.sent === before.sent && after.error === before.error) {
      return;
    }
    this.#snapshot = Object.freeze(after);
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (e) {
        // As with events: the upload goes on, and whoever wrote the listener hears of it.
        queueMicrotask(() => {
          throw e;
        });
      }
    }
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal ends it early
 */
function sleep(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(undefined);
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
