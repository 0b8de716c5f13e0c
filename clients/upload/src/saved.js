// What is needed to go on after a reload: the tokens of uploads in parts, by field and file.

/**
 * An upload that was begun and may be gone on with.
 *
 * @typedef {object} SavedUpload
 * @property {string} field
 * @property {string} name
 * @property {number} size in bytes
 * @property {number} lastModified as in File
 * @property {string} token what the server gave last
 * @property {number} sent bytes that had arrived when this was saved
 * @property {number} startedAt milliseconds since 1970
 */

/** @typedef {Pick<Storage, 'getItem' | 'setItem'>} TextStorage */

const ITEM = 'graphql-files-upload';
/** Milliseconds; the server gives no new token after that. Until then it does, also for one that has expired. */
const LIFE = 24 * 60 * 60 * 1000;

export class SavedUploads {
  /**
   * @param {TextStorage | null} storage null to keep nothing
   * @param {() => number} now
   */
  constructor(storage, now) {
    this.storage = storage;
    this.now = now;
  }

  /** @returns {SavedUpload[]} oldest first */
  all() {
    /** @type {unknown} */
    let saved;
    try {
      saved = JSON.parse(this.storage?.getItem(ITEM) ?? '[]');
    } catch {
      saved = [];
    }
    const uploads = Array.isArray(saved) ? /** @type {SavedUpload[]} */ (saved) : [];
    return uploads.filter((upload) => upload?.startedAt > this.now() - LIFE);
  }

  /**
   * @param {string} field
   * @param {File | Blob} file
   */
  find(field, file) {
    return this.all().find((upload) => isOf(upload, field, file));
  }

  /**
   * Keeps or replaces; nothing for a Blob that is no File.
   *
   * @param {string} field
   * @param {File | Blob} file
   * @param {{ token: string, sent: number, startedAt: number }} facts
   */
  put(field, file, facts) {
    if (!isIdentifiable(file)) {
      return;
    }
    const others = this.all().filter((upload) => !isOf(upload, field, file));
    this.#write([...others, { field, name: file.name, size: file.size, lastModified: file.lastModified, ...facts }]);
  }

  /**
   * @param {string} field
   * @param {File | Blob | SavedUpload} file
   */
  remove(field, file) {
    this.#write(this.all().filter((upload) => !isOf(upload, field, file)));
  }

  /** @param {SavedUpload[]} uploads */
  #write(uploads) {
    try {
      this.storage?.setItem(ITEM, JSON.stringify(uploads));
    } catch {
      // Full, or switched off: the upload itself does not need it.
    }
  }
}

/**
 * @param {SavedUpload} upload
 * @param {string} field
 * @param {File | Blob | SavedUpload} file
 */
function isOf(upload, field, file) {
  return (
    isIdentifiable(file) &&
    upload.field === field &&
    upload.name === file.name &&
    upload.size === file.size &&
    upload.lastModified === file.lastModified
  );
}

/**
 * Two Blobs of one length may have nothing else in common: only what has a name and a time is remembered.
 *
 * @param {File | Blob | SavedUpload} file
 * @returns {file is File | SavedUpload}
 */
function isIdentifiable(file) {
  return 'name' in file && 'lastModified' in file;
}

/** @param {File | Blob | SavedUpload} file */
export function nameOf(file) {
  return 'name' in file ? file.name : 'file';
}
