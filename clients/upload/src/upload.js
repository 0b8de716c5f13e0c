import { UploadError } from './error.js';
import { Session } from './session.js';
import { sendToStore } from './store.js';

/** @typedef {'sending' | 'waiting' | 'paused' | 'done' | 'failed' | 'aborted'} UploadState */
/** @typedef {import('./operations.js').ServerUpload} ServerUpload */

/**
 * What an upload needs from its uploader.
 *
 * @typedef {object} UploadContext
 * @property {import('./operations.js').Operations} operations
 * @property {import('./saved.js').SavedUploads} saved
 * @property {number} concurrency
 * @property {number} retries
 * @property {(attempt: number) => number} delay
 * @property {() => number} now
 */

/** One file on its way. It begins at once; `token` tells how it ends. */
export class Upload {
  #session;
  #arrived = 0;
  /** @type {Map<number, number>} part number -> bytes; what is on its way */
  #underWay = new Map();
  #stop = new AbortController();
  /** @type {(() => void) | null} ends a pause */
  #wake = null;

  /**
   * @param {UploadContext} context
   * @param {string} field
   * @param {File | Blob} file
   * @param {{ inParts?: boolean, onChange?: (upload: Upload) => void }} options
   */
  constructor(context, field, file, { inParts, onChange = () => {} }) {
    this.context = context;
    this.field = field;
    this.file = file;
    this.onChange = onChange;
    this.#session = new Session(context, field, file, inParts);
    /** @type {UploadState} */
    this.state = 'sending';
    /**
     * What to give as `directUploadToken`. Rejected with an UploadError when the upload fails for good or is aborted.
     *
     * @type {Promise<string>}
     */
    this.token = this.#run();
    // Who only looks at state and onChange has no promise to handle.
    this.token.catch(() => {});
  }

  /** Bytes that have arrived or are on their way. */
  get sent() {
    return Math.min(
      this.total,
      [...this.#underWay.values()].reduce((sum, bytes) => sum + bytes, this.#arrived),
    );
  }

  get total() {
    return this.file.size;
  }

  /** Stops sending. Parts that have arrived stay; those on their way are sent again by `resume`. */
  pause() {
    if (this.state === 'sending' || this.state === 'waiting') {
      this.#become('paused');
      this.#stop.abort();
    }
  }

  resume() {
    if (this.state === 'paused') {
      this.#stop = new AbortController();
      this.#become('sending');
      this.#wake?.();
    }
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

  async #run() {
    // The caller has the upload before it hears of it.
    await Promise.resolve();
    try {
      const token = await this.#sendAll();
      this.#become('done');
      return token;
    } catch (e) {
      if (this.state !== 'aborted') {
        this.#become('failed');
      }
      throw e;
    }
  }

  /** Asks what is missing and sends it, again and again, until nothing is missing or nothing helps. */
  async #sendAll() {
    let fruitless = 0;
    let allSent = false;
    for (;;) {
      await this.#whilePaused();
      if (this.state === 'aborted') {
        throw new UploadError('The upload was stopped.', { code: 'ABORTED' });
      }
      const { signal } = this.#stop;
      try {
        const upload = await this.#session.look(signal);
        this.#arrived = upload.uploadedByteSize;
        this.#session.save(this.#arrived);
        this.onChange(this);
        if (this.#session.advanced) {
          fruitless = 0;
        } else if (allSent && !upload.complete) {
          throw new UploadError('What was sent has not arrived.', { temporary: true });
        }
        const token = await this.#sendRest(upload, signal);
        if (token !== null && !signal.aborted) {
          return token;
        }
        allSent = true;
      } catch (e) {
        allSent = false;
        if (signal.aborted) {
          continue;
        }
        fruitless++;
        if (!(e instanceof UploadError) || !e.temporary || fruitless > this.context.retries) {
          throw e;
        }
        this.#become('waiting');
        await sleep(Math.max(this.context.delay(fruitless), e.waitSeconds * 1000), signal);
        if (!signal.aborted) {
          this.#become('sending');
        }
      }
    }
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
    if (upload.request) {
      await this.#send(0, upload.request, this.file, signal);
      return this.#session.needsRenewal() ? null : upload.token;
    }
    const queue = [...upload.parts];
    const workers = Array.from({ length: Math.min(this.context.concurrency, queue.length) }, async () => {
      for (let part = queue.shift(); part; part = this.#session.needsRenewal() ? undefined : queue.shift()) {
        const content = this.file.slice(part.byteOffset, part.byteOffset + part.byteSize);
        await this.#send(part.number, part.request, content, signal);
      }
    });
    // One that fails ends; the others go on, and the rest is asked for again.
    const outcomes = await Promise.allSettled(workers);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      throw /** @type {PromiseRejectedResult} */ (failed).reason;
    }
    return null;
  }

  /**
   * @param {number} number
   * @param {import('./operations.js').UploadRequest} request
   * @param {Blob} body
   * @param {AbortSignal} signal
   */
  async #send(number, request, body, signal) {
    try {
      await sendToStore(request, body, signal, (sent) => {
        this.#underWay.set(number, Math.min(sent, body.size));
        this.onChange(this);
      });
      this.#arrived += body.size;
      this.#session.save(this.#arrived);
    } finally {
      this.#underWay.delete(number);
      this.onChange(this);
    }
  }

  async #whilePaused() {
    while (this.state === 'paused') {
      await new Promise((resolve) => {
        this.#wake = () => resolve(undefined);
      });
      this.#wake = null;
    }
  }

  /** @param {UploadState} state */
  #become(state) {
    this.state = state;
    this.onChange(this);
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
