// The files of one field of a form, for any framework: added, checked, sent, removed, and given to a mutation.
import { attachDropzone } from './dropzone.js';
import { UploadError, asUploadError } from './error.js';

/**
 * A file of the field. A new object whenever something has changed.
 *
 * @typedef {import('./upload.js').UploadSnapshot & { id: number, file: File, name: string, toggle: () => void, remove: () => void }} FieldFile
 *   toggle pauses what is being sent, and resumes what is paused, blocked or failed
 */
/**
 * @typedef {object} FieldSnapshot
 * @property {FieldFile[]} files in their order
 * @property {UploadError[]} problems why the files that were added last were not taken
 */

const MOVING = ['sending', 'waiting'];

export class FileField {
  #uploader;
  #field;
  #multiple;
  #ids = 0;
  /** @type {{ id: number, file: File, upload: import('./upload.js').Upload, unsubscribe: () => void }[]} */
  #entries = [];
  /** @type {FieldSnapshot} */
  #snapshot = Object.freeze({ files: [], problems: [] });
  /** @type {Promise<void> | undefined} while files are looked at, which are no entries yet */
  #adding;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Element | null} */
  #zone = null;
  /** @type {(() => void) | null} */
  #detach = null;

  /**
   * @param {import('./uploader.js').Uploader} uploader
   * @param {string} field as `fileFields` names it: Product.image
   * @param {{ multiple?: boolean }} [options] multiple: whether it takes a list; otherwise a new file replaces the last
   */
  constructor(uploader, field, { multiple = false } = {}) {
    this.#uploader = uploader;
    this.#field = field;
    this.#multiple = multiple;
  }

  /** What can be shown of the field: another object whenever something has changed. */
  get snapshot() {
    return this.#snapshot;
  }

  /**
   * Calls the listener after each change of the snapshot.
   *
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  subscribe = (listener) => {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  };

  /**
   * Checks files, and sends those that the field takes.
   *
   * @param {Iterable<File>} files
   */
  add = (files) => {
    const adding = Promise.all([this.#adding, this.#add(files)]).then(() => {
      this.#adding = this.#adding === adding ? undefined : this.#adding;
    });
    this.#adding = adding;
    return adding;
  };

  /** @param {Iterable<File>} files */
  async #add(files) {
    this.#publish([]);
    for (const file of this.#multiple ? files : [...files].slice(0, 1)) {
      const problem = await this.#check(file);
      if (problem) {
        this.#publish([...this.#snapshot.problems, problem]);
        continue;
      }
      if (!this.#multiple) {
        for (const { id } of this.#entries) {
          this.#remove(id);
        }
      }
      const upload = this.#uploader.upload(this.#field, file);
      const unsubscribe = upload.subscribe(() => this.#publish());
      this.#entries = [...this.#entries, { id: ++this.#ids, file, upload, unsubscribe }];
      this.#publish();
    }
  }

  /**
   * Values for the mutation, in order; waits until all files are there, also those that were added a moment ago.
   * Resumes what is paused.
   *
   * @returns {Promise<{ directUploadToken: string }[]>}
   * @throws {UploadError} if a file has failed, or its user must sign in first: it stays, and can be toggled or removed;
   *   or if the field does not take one of those that were added a moment ago, which nobody has been told yet
   */
  inputs = async () => {
    if (this.#adding) {
      await this.#adding;
      const [problem] = this.#snapshot.problems;
      if (problem) {
        throw problem;
      }
    }
    return Promise.all(this.#entries.map(async ({ upload }) => ({ directUploadToken: await settle(upload) })));
  };

  /** Call it when the mutation has taken the values: the field is empty then. */
  saved = () => {
    for (const { file, unsubscribe } of this.#entries) {
      this.#uploader.forget(this.#field, file);
      unsubscribe();
    }
    this.#entries = [];
    this.#publish([]);
  };

  /**
   * Takes files that are dropped on an element, pasted into it, or chosen by a file input in it. A ref of React or Vue,
   * an action of Svelte.
   *
   * @param {unknown} element null detaches it
   */
  dropzone = (element) => {
    if (element === this.#zone) {
      return;
    }
    this.#detach?.();
    this.#zone = element instanceof Element ? element : null;
    this.#detach = this.#zone && attachDropzone(this.#zone, (files) => void this.add(files));
  };

  /** @param {File} file */
  async #check(file) {
    try {
      const { maxCount = null } = (await this.#uploader.rules()).get(this.#field) ?? {};
      if (this.#multiple && maxCount !== null && this.#entries.length >= maxCount) {
        return this.#uploader.translate(
          new UploadError(`${file.name} is one too many: ${this.#field} takes ${maxCount} files.`, {
            code: 'FILE_COUNT_EXCEEDED',
            params: { fileName: file.name, maxCount },
          }),
        );
      }
      return await this.#uploader.check(this.#field, file);
    } catch (e) {
      return asUploadError(e);
    }
  }

  /** @param {number} id */
  #remove(id) {
    const removed = this.#entries.find((entry) => entry.id === id);
    this.#entries = this.#entries.filter((entry) => entry !== removed);
    removed?.unsubscribe();
    removed?.upload.abort();
    this.#publish();
  }

  /** @param {UploadError[]} [problems] */
  #publish(problems = this.#snapshot.problems) {
    const files = this.#entries.map(({ id, file, upload }) => ({
      ...upload.snapshot,
      id,
      file,
      name: file.name,
      toggle: () => (MOVING.includes(upload.state) ? upload.pause() : upload.resume()),
      remove: () => this.#remove(id),
    }));
    this.#snapshot = Object.freeze({ files, problems });
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}

/**
 * The token, or why there is none until the user does something.
 *
 * @param {import('./upload.js').Upload} upload
 * @returns {Promise<string>}
 */
async function settle(upload) {
  if (upload.state === 'paused' || upload.state === 'done') {
    upload.resume(); // a form may be open for longer than a token lives
  }
  await new Promise((resolve) => {
    const look = () => {
      if (!MOVING.includes(upload.state)) {
        unsubscribe();
        resolve(undefined);
      }
    };
    const unsubscribe = upload.subscribe(look);
    look();
  });
  if (upload.state === 'blocked') {
    throw upload.error;
  }
  if (upload.state === 'paused') {
    throw new UploadError('The upload is paused.', { code: 'PAUSED' });
  }
  return upload.token;
}

/**
 * @param {import('./uploader.js').Uploader} uploader
 * @param {string} field
 * @param {{ multiple?: boolean }} [options]
 */
export function createFileField(uploader, field, options) {
  return new FileField(uploader, field, options);
}
