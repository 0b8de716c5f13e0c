// What the server knows of one upload, and the token for it.
import { asUploadError } from './error.js';
import { nameOf } from './saved.js';

/** @typedef {import('./operations.js').ServerUpload} ServerUpload */

/** With these, a token leads nowhere any more. */
const OVER = ['FILE_TOKEN_INVALID', 'FILE_TOKEN_EXPIRED', 'FILE_UPLOAD_INCOMPLETE'];
/** With these, whoever asks is not signed in. */
const SIGNED_OUT = ['FILE_UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHORIZED'];
/** With these, somebody else is, or nobody. */
const FORBIDDEN = ['FILE_FORBIDDEN', 'FORBIDDEN'];
/** Milliseconds; so often at the most a token is renewed, even if the clock here is wrong. */
const LEAST_BETWEEN_RENEWALS = 10_000;

export class Session {
  /** @type {string | null} */
  #token = null;
  #inParts = false;
  #startedAt = 0;
  #renewAt = 0;
  /** The most that had arrived at a look; -1 before the first. */
  #most = -1;
  #restarted = false;
  /** Whether more had arrived at the last look than at any before. */
  advanced = false;

  /**
   * @param {import('./upload.js').UploadContext} context
   * @param {string} field
   * @param {File | Blob} file
   * @param {boolean | undefined} inParts
   */
  constructor(context, field, file, inParts) {
    this.context = context;
    this.field = field;
    this.file = file;
    // Only parts survive a reload. The server asks for them where one request would be too large.
    this.inParts = inParts ?? (file.size >= context.partsFrom ? true : undefined);
  }

  /**
   * Goes on with what was begun, in this page or before, or begins. The token is a new one each time.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<ServerUpload>}
   */
  async look(signal) {
    const upload = (await this.#resume(signal)) ?? (await this.#start(signal));
    const now = this.context.now();
    this.#token = upload.token;
    this.#inParts = upload.partCount !== null;
    this.#renewAt = now + Math.max((Date.parse(upload.expiresAt) - now) / 2, LEAST_BETWEEN_RENEWALS);
    this.advanced = upload.uploadedByteSize > this.#most;
    this.#most = Math.max(this.#most, upload.uploadedByteSize);
    return upload;
  }

  /** Whether half of what was left of the token at the last look is over: time for another. */
  needsRenewal() {
    return this.context.now() >= this.#renewAt;
  }

  /**
   * Whether the upload can go on once its user has signed in again. What was not begun is simply not permitted.
   *
   * @param {import('./error.js').UploadError} error
   */
  isBlocked({ code }) {
    const isBegun = this.#token !== null || this.context.saved.find(this.field, this.file) !== undefined;
    return SIGNED_OUT.includes(code) || (isBegun && FORBIDDEN.includes(code));
  }

  /**
   * Remembers the upload for a later page. What goes in one request cannot be gone on with.
   *
   * @param {number} sent
   */
  save(sent) {
    if (this.#inParts && this.#token !== null) {
      this.context.saved.put(this.field, this.file, { token: this.#token, sent, startedAt: this.#startedAt });
    }
  }

  /** A new attempt, by the user's will, may start anew once more. */
  retry() {
    this.#restarted = false;
  }

  /** Gives the upload up, here and, if it can be told, at the server. */
  async abort() {
    this.context.saved.remove(this.field, this.file);
    if (this.#token !== null) {
      await this.context.operations.abort(this.#token, new AbortController().signal).catch(() => {});
    }
  }

  /**
   * What the server has of an upload that was begun; null if there is none, or none any more. An upload of this page
   * that is over starts anew once: what did not go up in its time would not the next time either.
   *
   * @param {AbortSignal} signal
   */
  async #resume(signal) {
    const { operations, saved } = this.context;
    const earlier = this.#token === null ? saved.find(this.field, this.file) : undefined;
    const token = this.#token ?? earlier?.token;
    if (token === undefined) {
      return null;
    }
    try {
      const upload = await operations.look(token, signal);
      this.#startedAt = earlier?.startedAt ?? this.#startedAt;
      return upload;
    } catch (e) {
      const { code } = asUploadError(e);
      if (earlier && code === 'FILE_FORBIDDEN') {
        return null; // of another user of this browser: theirs stays until this one has begun
      }
      if (!OVER.includes(code) || this.#restarted) {
        throw e;
      }
      this.#restarted = this.#token !== null;
      this.#token = null;
      this.#most = -1;
      saved.remove(this.field, this.file);
      return null;
    }
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    this.#startedAt = this.context.now();
    return this.context.operations.start(
      {
        field: this.field,
        fileName: nameOf(this.file),
        mimeType: this.file.type || undefined,
        byteSize: this.file.size,
        inParts: this.inParts,
      },
      signal,
    );
  }
}
