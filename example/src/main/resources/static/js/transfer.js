// One chosen file on its way: name, size, bar, pause, resume, remove.
import { announce, button, element, size } from './dom.js';
import { WAYS, inputFor, uploader } from './ways.js';

const STATES = {
  sending: '',
  waiting: 'The connection failed; trying again soon.',
  paused: 'Paused.',
  done: 'Ready.',
  failed: '',
  aborted: '',
};

export class Transfer {
  /** onGone: the user does not want the file any more; onFailed: the upload cannot succeed. */
  constructor(field, file, way, { onGone, onFailed }) {
    this.field = field;
    this.file = file;
    this.way = way;
    this.onFailed = onFailed;
    this.preview = preview(file);
    this.bar = element('progress', { max: file.size || 1, value: 0, 'aria-label': `${file.name}: sent` });
    this.state = element('span', { className: 'state' }, size(file.size));
    this.pause = button('Pause', () => this.#togglePause(), { 'aria-label': `Pause ${file.name}` });
    // Gone at once: a save in this moment must not wait for what the server is still being told, nor fail by it.
    const dismiss = () => {
      this.giveUp();
      onGone();
    };
    const remove = button('Remove', dismiss, { 'aria-label': `Remove ${file.name}` });
    const direct = way === 'directUploadToken';
    this.row = element(
      'div',
      { className: 'transfer' },
      this.preview,
      element('div', { className: 'what' }, element('strong', {}, file.name), this.state, direct ? this.bar : null),
      element('div', { className: 'buttons' }, direct ? this.pause : null, remove),
    );
    if (direct) {
      this.upload = uploader.upload(field, file, { onChange: () => this.#show() });
      this.upload.token.catch((failure) => failure.code === 'ABORTED' || this.onFailed(failure));
    }
  }

  /** The value for a StoredFileInput; waits until a direct upload is there. */
  async input() {
    if (this.upload?.state === 'paused') {
      this.#togglePause();
    }
    return inputFor(this.way, this.file, this.upload);
  }

  /** The mutation has it. */
  taken() {
    uploader.forget(this.field, this.file);
    this.#release();
  }

  async giveUp() {
    this.#release();
    await this.upload?.abort();
  }

  get unfinished() {
    return ['sending', 'waiting', 'paused'].includes(this.upload?.state);
  }

  get source() {
    return WAYS[this.way].source;
  }

  #release() {
    if (this.preview.src) {
      URL.revokeObjectURL(this.preview.src);
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
    const { state, sent, total } = this.upload;
    this.bar.value = total ? sent : 1;
    const percent = total ? Math.floor((100 * sent) / total) : 100;
    const progress = state === 'done' ? `${size(total)}.` : `${size(sent)} of ${size(total)}, ${percent} %.`;
    this.state.textContent = `${progress} ${STATES[state]}`;
    this.row.dataset.state = state;
    const word = state === 'paused' ? 'Resume' : 'Pause';
    this.pause.textContent = word;
    this.pause.setAttribute('aria-label', `${word} ${this.file.name}`);
    this.pause.hidden = !this.unfinished;
    if (state !== this.announced && STATES[state]) {
      announce(state === 'done' ? `${this.file.name} has been sent.` : `${this.file.name}: ${STATES[state]}`);
    }
    this.announced = state;
  }
}

function preview(file) {
  return file.type.startsWith('image/')
    ? element('img', { className: 'thumb', src: URL.createObjectURL(file), alt: '' })
    : element(
        'span',
        { className: 'thumb kind', 'aria-hidden': 'true' },
        file.name.split('.').pop().slice(0, 4).toUpperCase(),
      );
}
