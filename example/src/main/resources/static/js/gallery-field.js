// The pictures of the gallery in the editor: add, remove, and put in order by dragging or by buttons.
import { announce, button, element } from './dom.js';
import { problem } from './failure.js';
import { picker } from './picker.js';
import { describe, objection } from './rules.js';
import { Transfer } from './transfer.js';
import { WAYS } from './ways.js';

export class GalleryField {
  constructor({ name, label, current, rules, way }) {
    this.name = name;
    this.field = `Product.${name}`;
    this.rules = rules;
    this.before = current ?? [];
    this.kept = [...this.before];
    /** @type {Transfer[]} new ones come after those that are there */
    this.added = [];
    this.hint = element('span', { className: 'hint', id: 'gallery-hint' });
    this.problems = element('div', { className: 'problems', id: 'gallery-problems', role: 'alert' });
    this.tiles = element('ol', { className: 'tiles', 'aria-label': 'Pictures of the gallery, in order' });
    this.transfers = element('div');
    const { place, input } = picker({
      label,
      text: 'Drop pictures here or ',
      hint: this.hint,
      many: true,
      accept: rules?.accept?.join(',') ?? '',
      describedBy: 'gallery-hint gallery-problems',
      onFiles: (files) => this.choose(files),
    });
    this.input = input;
    this.fieldset = element(
      'fieldset',
      {},
      element('legend', {}, label),
      this.tiles,
      this.transfers,
      place,
      this.problems,
    );
    this.useWay(way);
    this.#show();
  }

  useWay(way) {
    this.way = way;
    this.hint.textContent = describe(this.rules, WAYS[way].source);
  }

  choose(files) {
    this.problems.replaceChildren();
    for (const file of files) {
      const refused = objection(this.rules, file, WAYS[this.way].source) ?? this.#tooMany();
      if (refused) {
        this.problems.append(problem(refused));
        continue;
      }
      const gone = () => {
        this.added = this.added.filter((each) => each !== transfer);
        transfer.row.remove();
      };
      const transfer = new Transfer(this.field, file, this.way, {
        onGone: gone,
        onFailed: (failure) => {
          this.problems.append(problem(`${file.name}: ${failure.message}`, failure.code));
          gone();
        },
      });
      this.added.push(transfer);
      this.transfers.append(transfer.row);
    }
  }

  /** What to change: what to add at the end, what to remove, and the order of what stays. */
  async changes() {
    const append = await Promise.all(this.added.map((transfer) => transfer.input()));
    const stay = new Set(this.kept);
    const remove = this.before.filter((file) => !stay.has(file)).map(({ id }) => id);
    const order = this.kept.map(({ id }) => id);
    const moved = this.before.filter((file) => stay.has(file)).some((file, i) => file !== this.kept[i]);
    const changes = {
      ...(append.length ? { append } : {}),
      ...(remove.length ? { remove } : {}),
      ...(moved ? { order } : {}),
    };
    return Object.keys(changes).length ? changes : undefined;
  }

  taken() {
    for (const transfer of this.added) {
      transfer.taken();
    }
  }

  async giveUp() {
    await Promise.all(this.added.map((transfer) => transfer.giveUp()));
  }

  #tooMany() {
    const most = this.rules?.maxCount ?? Infinity;
    return this.kept.length + this.added.length < most ? null : `The gallery has ${most} pictures at most.`;
  }

  #move(file, to) {
    const rest = this.kept.filter((each) => each !== file);
    rest.splice(to, 0, file);
    this.kept = rest;
    this.#show();
    announce(`${file.fileName} is now number ${to + 1} of ${this.kept.length}.`);
  }

  #remove(file) {
    const place = this.kept.indexOf(file);
    this.kept = this.kept.filter((each) => each !== file);
    this.#show();
    announce(`${file.fileName} will be removed.`);
    (
      this.tiles.children[Math.min(place, this.kept.length - 1)]?.querySelector('button:not(:disabled)') ?? this.input
    ).focus();
  }

  #show() {
    this.tiles.replaceChildren(...this.kept.map((file, i) => this.#tile(file, i)));
    this.tiles.hidden = this.kept.length === 0;
  }

  #tile(file, place) {
    const last = this.kept.length - 1;
    const step = (by, text, word) =>
      button(
        text,
        () => {
          this.#move(file, place + by);
          const buttons = this.tiles.children[place + by].querySelectorAll('button');
          const wanted = buttons[by < 0 ? 0 : 1];
          (wanted.disabled ? buttons[by < 0 ? 1 : 0] : wanted).focus();
        },
        { 'aria-label': `Move ${file.fileName} ${word}`, disabled: place + by < 0 || place + by > last },
      );
    const tile = element(
      'li',
      { draggable: true },
      element('img', { src: file.url, alt: file.fileName, draggable: false }),
      element(
        'div',
        { className: 'buttons' },
        step(-1, '←', 'forward'),
        step(1, '→', 'back'),
        button('✕', () => this.#remove(file), { 'aria-label': `Remove ${file.fileName}` }),
      ),
    );
    tile.addEventListener('dragstart', (event) => {
      this.dragged = file;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', file.fileName);
      tile.classList.add('dragged');
    });
    tile.addEventListener('dragend', () => {
      this.dragged = null;
      tile.classList.remove('dragged');
    });
    tile.addEventListener('dragover', (event) => this.dragged && event.preventDefault());
    tile.addEventListener('drop', (event) => {
      if (this.dragged) {
        event.preventDefault();
        this.#move(this.dragged, place);
      }
    });
    return tile;
  }
}
