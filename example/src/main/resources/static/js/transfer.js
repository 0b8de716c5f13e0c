// One chosen file until it is saved: name, size, bar, pause, resume, try again, remove.
import { announce, button, element, size } from './dom.js';
import { preview } from './preview.js';
import { inputFor, uploader } from './ways.js';
import { words } from './words.js';

const MOVING = ['sending', 'waiting'];

/** A file that should be saved waits for its user. */
export class NotSent extends Error {
  constructor(transfer) {
    super(`${transfer.file.name} has not been sent. Try again, or remove it.`);
    this.transfer = transfer;
  }
}

/** Files that a mutation has not taken yet. */
const unsaved = new Set();

/** The browser asks before it leaves a page with files that are not saved: it could not open them again by itself. */
function askBeforeLeaving(event) {
  event.preventDefault();
}

// Whoever signs in does so in another tab, and comes back.
window.addEventListener('focus', () => {
  for (const { upload } of unsaved) {
    if (upload?.state === 'blocked') {
      upload.resume();
    }
  }
});

export class Transfer {
  /** onRemove: the user does not want the file any more. */
  constructor(field, file, way, { onRemove }) {
    this.field = field;
    this.file = file;
    this.way = way;
    this.preview = preview(file);
    this.bar = element('progress', { max: file.size || 1, value: 0, 'aria-label': `${file.name}: sent` });
    this.state = element('span', { className: 'state' }, size(file.size));
    this.pause = button('Pause', () => this.#togglePause(), { 'aria-label': `Pause ${file.name}` });
    this.again = () => this.upload.resume();
    this.retry = button('Try again', () => this.again(), { 'aria-label': `Try again: ${file.name}` });
    // Removed at once: a save in this moment must not wait for what the server is still being told, nor fail by it.
    const remove = () => {
      this.discard();
      onRemove();
    };
    const direct = way === 'directUploadToken';
    this.row = element(
      'div',
      { className: 'transfer' },
      this.preview,
      element('div', { className: 'what' }, element('strong', {}, file.name), this.state, direct ? this.bar : null),
      element(
        'div',
        { className: 'buttons' },
        ...(direct ? [this.pause, this.retry] : []),
        button('Remove', remove, { 'aria-label': `Remove ${file.name}` }),
      ),
    );
    if (direct) {
      this.upload = uploader.upload(field, file, { onChange: () => this.#show() });
      this.#show();
    }
    unsaved.add(this);
    window.addEventListener('beforeunload', askBeforeLeaving);
  }

  /** The value for a StoredFileInput; waits until a direct upload is there, or will not be without the user. */
  async input() {
    if (this.upload) {
      if (['paused', 'done'].includes(this.upload.state)) {
        this.upload.resume(); // the editor may be open for longer than a token lives
      }
      await this.settled();
      if (this.upload.state !== 'done') {
        throw new NotSent(this);
      }
    }
    return inputFor(this.way, this.file, this.upload);
  }

  /** Waits while the upload goes on by itself. */
  settled() {
    return new Promise((resolve) => {
      const look = () => {
        if (!MOVING.includes(this.upload?.state)) {
          unsubscribe?.();
          resolve();
        }
      };
      const unsubscribe = this.upload?.subscribe(look);
      look();
    });
  }

  /** Whether it goes on only when the user does something about it. */
  get isStuck() {
    return ['failed', 'blocked'].includes(this.upload?.state);
  }

  /** It has been sent, but the mutation has failed: lets the user try that again. */
  offerRetry(again) {
    this.again = () => {
      this.retry.hidden = true;
      again();
    };
    this.retry.hidden = false;
    this.state.textContent = `${size(this.file.size)}. Sent, but not saved.`;
  }

  /** A mutation has taken it. */
  saved() {
    uploader.forget(this.field, this.file);
    this.#release();
  }

  /** The user does not want it. */
  async discard() {
    this.#release();
    await this.upload?.abort();
  }

  #release() {
    this.preview.release();
    unsaved.delete(this);
    if (unsaved.size === 0) {
      window.removeEventListener('beforeunload', askBeforeLeaving);
    }
  }

  #togglePause() {
    if (this.upload.state === 'paused') {
      this.upload.resume();
    } else {
      this.upload.pause();
    }
  }

  #show() {
    const { state, sent } = this.upload.snapshot;
    const focused = this.row.contains(document.activeElement) ? document.activeElement : null;
    this.bar.value = sent;
    this.bar.hidden = state === 'done';
    this.state.replaceChildren(...this.#description());
    this.row.dataset.state = state;
    const word = state === 'paused' ? 'Resume' : 'Pause';
    this.pause.textContent = word;
    this.pause.setAttribute('aria-label', `${word} ${this.file.name}`);
    this.pause.hidden = ![...MOVING, 'paused'].includes(state);
    this.retry.hidden = !this.isStuck;
    if (focused?.hidden) {
      // Who uses a keyboard stays where they were.
      this.row.querySelector('.buttons button:not([hidden])').focus();
    }
    this.#announce(state);
  }

  #description() {
    const { state, sent, total, error } = this.upload.snapshot;
    if (state === 'done') {
      return [`${size(total)}. Ready.`];
    }
    const percent = total ? Math.floor((100 * sent) / total) : 0;
    const progress = `${size(sent)} of ${size(total)}, ${percent} %.`;
    switch (state) {
      case 'waiting':
        return [`${progress} ${words(error)} Trying again soon.`];
      case 'paused':
        return [`${progress} Paused.`];
      case 'blocked':
        return [words(error), ' ', element('a', { href: 'login', target: '_blank' }, 'Sign in in a new tab')];
      case 'failed':
        return [`Not sent. ${words(error)}`];
      default:
        return [progress];
    }
  }

  #announce(state) {
    if (state !== this.announced && state !== 'sending' && state !== 'aborted') {
      announce(state === 'done' ? `${this.file.name} has been sent.` : `${this.file.name}: ${this.state.textContent}`);
    }
    this.announced = state;
  }
}
