// A field of the editor that has one file: what it has now, a new one by drop, choice or web address, or none.
import { button, element, size } from './dom.js';
import { problem } from './failure.js';
import { picker } from './picker.js';
import { describe, objection } from './rules.js';
import { Transfer } from './transfer.js';
import { WAYS } from './ways.js';

let ids = 0;

export class FileField {
  constructor({ name, label, current, rules, way }) {
    this.name = name;
    this.field = `Product.${name}`;
    this.rules = rules;
    this.way = way;
    this.current = current;
    this.removed = false;
    const id = `field-${++ids}`;
    this.now = element('div', { className: 'now' });
    this.hint = element('span', { className: 'hint', id: `${id}-hint` });
    this.problems = element('div', { className: 'problems', id: `${id}-problems`, role: 'alert' });
    const describedBy = `${id}-hint ${id}-problems`;
    const { place, input } = picker({
      label,
      text: 'Drop a file here or ',
      hint: this.hint,
      accept: rules?.accept?.join(',') ?? '',
      describedBy,
      onFiles: ([file]) => file && this.choose(file),
    });
    this.input = input;
    this.url = element('input', {
      type: 'url',
      placeholder: 'https://',
      'aria-label': `${label}: web address`,
      'aria-describedby': describedBy,
    });
    this.url.addEventListener('input', () => this.problems.replaceChildren());
    this.fieldset = element(
      'fieldset',
      {},
      element('legend', {}, label),
      this.now,
      place,
      element('details', {}, element('summary', {}, 'or copy it from a web address'), this.url),
      this.problems,
    );
    this.useWay(way);
    this.#show();
  }

  /** Files that are chosen from now on travel this way. */
  useWay(way) {
    this.way = way;
    this.hint.textContent = describe(this.rules, WAYS[way].source);
  }

  async choose(file) {
    this.problems.replaceChildren();
    const refused = objection(this.rules, file, WAYS[this.way].source);
    this.input.setAttribute('aria-invalid', String(refused !== null));
    if (refused) {
      this.problems.append(problem(refused));
      return;
    }
    await this.transfer?.giveUp();
    const transfer = new Transfer(this.field, file, this.way, {
      onGone: () => this.#drop(),
      onFailed: (failure) => this.#fail(transfer, failure),
    });
    this.transfer = transfer;
    this.#show();
  }

  /** What to send: undefined leaves the field out, null clears it. */
  async value() {
    if (this.transfer) {
      return this.transfer.input();
    }
    if (this.url.value.trim()) {
      return { copyURL: this.url.value.trim() };
    }
    return this.removed ? null : undefined;
  }

  taken() {
    this.transfer?.taken();
  }

  async giveUp() {
    await this.transfer?.giveUp();
  }

  #fail(transfer, failure) {
    if (this.transfer === transfer) {
      this.problems.replaceChildren(problem(failure.message, failure.code));
      this.#drop();
    }
  }

  #drop() {
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
    const { url, fileName, mimeType, byteSize } = this.current;
    const toggle = button(
      this.removed ? 'Keep' : 'Remove',
      () => {
        this.removed = !this.removed;
        this.#show();
        this.now.querySelector('button').focus();
      },
      { 'aria-label': `${this.removed ? 'Keep' : 'Remove'} ${fileName}` },
    );
    return element(
      'div',
      { className: 'transfer', 'data-state': this.removed ? 'removed' : 'kept' },
      mimeType.startsWith('image/')
        ? element('img', { className: 'thumb', src: url, alt: '' })
        : element(
            'span',
            { className: 'thumb kind', 'aria-hidden': 'true' },
            fileName.split('.').pop().slice(0, 4).toUpperCase(),
          ),
      element(
        'div',
        { className: 'what' },
        element('strong', {}, fileName),
        element('span', { className: 'state' }, this.removed ? 'Will be removed.' : size(byteSize)),
      ),
      element('div', { className: 'buttons' }, toggle),
    );
  }
}
