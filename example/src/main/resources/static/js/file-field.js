// A field of the editor that has one file: what it has now, a new one by drop, choice, paste or web address, or none.
import { button, element, size } from './dom.js';
import { problem } from './failure.js';
import { picker } from './picker.js';
import { storedPreview } from './preview.js';
import { check, describe } from './rules.js';
import { Transfer } from './transfer.js';
import { WAYS } from './ways.js';
import { words } from './words.js';

let ids = 0;

export class FileField {
  constructor({ name, label, current, rules, way }) {
    this.name = name;
    this.field = `Product.${name}`;
    this.rules = rules;
    this.current = current;
    this.isRemoved = false;
    /** Until it is over, a file that was chosen is not among the transfers yet. */
    this.choosing = Promise.resolve();
    const id = `field-${++ids}`;
    this.now = element('div', { className: 'now' });
    this.hint = element('span', { className: 'hint', id: `${id}-hint` });
    this.problems = element('div', { className: 'problems', id: `${id}-problems`, role: 'alert' });
    const describedBy = `${id}-hint ${id}-problems`;
    const { area, input } = picker({
      label,
      text: 'Drop a file here or ',
      hint: this.hint,
      accept: rules.accept,
      describedBy,
      onFiles: (files) => this.choose(files),
    });
    this.input = input;
    this.url = element('input', {
      type: 'url',
      placeholder: 'https://',
      'aria-label': `${label}: web address`,
      'aria-describedby': describedBy,
    });
    this.url.addEventListener('input', () => {
      this.url.removeAttribute('aria-invalid');
      this.problems.replaceChildren();
    });
    this.fieldset = element(
      'fieldset',
      {},
      element('legend', {}, label),
      this.now,
      area,
      element('details', {}, element('summary', {}, 'or copy it from a web address'), this.url),
      this.problems,
    );
    this.useWay(way);
    this.#show();
  }

  /** Files that are chosen from now on are sent this way. */
  useWay(way) {
    this.way = way;
    this.hint.textContent = describe(this.rules, WAYS[way].source);
  }

  /** What is chosen is looked at first; see `choosing`. */
  choose(files) {
    this.choosing = this.#choose(files);
  }

  async #choose([file]) {
    if (!file) {
      return;
    }
    this.problems.replaceChildren();
    const refused = await check(this.field, file, WAYS[this.way].source).catch((failure) => failure);
    this.input.setAttribute('aria-invalid', String(Boolean(refused)));
    if (refused) {
      this.problems.append(problem(words(refused)));
      return;
    }
    this.transfer?.discard();
    this.transfer = new Transfer(this.field, file, this.way, { onRemove: () => this.#clear() });
    this.#show();
  }

  /** The files that are not saved yet. */
  get transfers() {
    return this.transfer ? [this.transfer] : [];
  }

  get hasUrl() {
    return !this.transfer && this.url.value.trim() !== '';
  }

  /** Says what is wrong with what was typed; false if something is. */
  validate() {
    if (!this.hasUrl || isWebAddress(this.url.value.trim())) {
      return true;
    }
    this.problems.append(problem('This is no web address. It begins with https:// or http://.'));
    this.url.setAttribute('aria-invalid', 'true');
    this.url.closest('details').open = true;
    this.url.focus();
    return false;
  }

  /** What to send: undefined leaves the field out, null clears it. */
  async value() {
    if (this.transfer) {
      return this.transfer.input();
    }
    if (this.hasUrl) {
      return { copyURL: this.url.value.trim() };
    }
    return this.isRemoved ? null : undefined;
  }

  saved() {
    this.transfer?.saved();
  }

  async discard() {
    await this.transfer?.discard();
  }

  #clear() {
    this.transfer = undefined;
    this.#show();
    this.input.focus();
  }

  #show() {
    this.now.replaceChildren();
    if (this.transfer) {
      this.now.append(this.transfer.row);
    } else if (this.current) {
      this.now.append(this.#currentRow());
    }
  }

  #currentRow() {
    const { fileName, byteSize } = this.current;
    const toggle = button(
      this.isRemoved ? 'Keep' : 'Remove',
      () => {
        this.isRemoved = !this.isRemoved;
        this.#show();
        this.now.querySelector('button').focus();
      },
      { 'aria-label': `${this.isRemoved ? 'Keep' : 'Remove'} ${fileName}` },
    );
    return element(
      'div',
      { className: 'transfer', 'data-state': this.isRemoved ? 'removed' : 'kept' },
      storedPreview(this.current),
      element(
        'div',
        { className: 'what' },
        element('strong', {}, fileName),
        element('span', { className: 'state' }, this.isRemoved ? 'Will be removed.' : size(byteSize)),
      ),
      element('div', { className: 'buttons' }, toggle),
    );
  }
}

function isWebAddress(text) {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
