// The pictures of the gallery in the editor: add, remove, and put in order by dragging or by buttons.
import { announce, button, element } from './dom.js';
import { problem } from './failure.js';
import { picker } from './picker.js';
import { thumbnail } from './preview.js';
import { check, describe } from './rules.js';
import { Transfer } from './transfer.js';
import { WAYS } from './ways.js';
import { words } from './words.js';

export class GalleryField {
  constructor({ name, label, current, rules, way }) {
    this.name = name;
    this.field = `Product.${name}`;
    this.rules = rules;
    this.before = current ?? [];
    this.kept = [...this.before];
    /** @type {Transfer[]} the server puts new ones after those that are there */
    this.transfers = [];
    this.choosing = Promise.resolve();
    this.hint = element('span', { className: 'hint', id: 'gallery-hint' });
    this.problems = element('div', { className: 'problems', id: 'gallery-problems', role: 'alert' });
    this.tiles = new Sortable({
      list: element('ol', { className: 'tiles', 'aria-label': 'Pictures of the gallery, in order' }),
      arrows: ['←', '→'],
      nameOf: (file) => file.fileName,
      onMove: (kept) => {
        this.kept = kept;
        this.#show();
      },
    });
    this.added = new Sortable({
      list: element('ol', { className: 'added', 'aria-label': 'New pictures of the gallery, in order' }),
      arrows: ['↑', '↓'],
      nameOf: ({ file }) => file.name,
      onMove: (transfers) => {
        this.transfers = transfers;
        this.#show();
      },
    });
    const { area, input } = picker({
      label,
      text: 'Drop pictures here or ',
      hint: this.hint,
      many: true,
      accept: rules.accept,
      describedBy: 'gallery-hint gallery-problems',
      onFiles: (files) => this.choose(files),
    });
    this.input = input;
    this.fieldset = element(
      'fieldset',
      {},
      element('legend', {}, label),
      this.tiles.list,
      this.added.list,
      area,
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

  /** As of a field with one file. */
  choose(files) {
    this.choosing = Promise.all([this.choosing, this.#choose(files)]);
  }

  async #choose(files) {
    this.problems.replaceChildren();
    for (const file of files) {
      const refused = await check(this.field, file, WAYS[this.way].source).catch((failure) => failure);
      const why = refused ? words(refused) : this.#tooMany(file);
      if (why) {
        this.problems.append(problem(why));
        continue;
      }
      const transfer = new Transfer(this.field, file, this.way, {
        onRemove: () => {
          this.transfers = this.transfers.filter((each) => each !== transfer);
          this.#show();
          this.input.focus();
        },
      });
      this.transfers = [...this.transfers, transfer];
      this.#show();
    }
  }

  validate() {
    return true;
  }

  /** What to change: what to add at the end, what to remove, and the order of what stays. */
  async changes() {
    const append = await Promise.all(this.transfers.map((transfer) => transfer.input()));
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

  saved() {
    for (const transfer of this.transfers) {
      transfer.saved();
    }
  }

  async discard() {
    await Promise.all(this.transfers.map((transfer) => transfer.discard()));
  }

  #tooMany({ name }) {
    const { maxCount } = this.rules;
    if (maxCount && this.kept.length + this.transfers.length >= maxCount) {
      return `${name} is one too many: the gallery has ${maxCount} pictures at most.`;
    }
    return null;
  }

  #remove(file) {
    const index = this.kept.indexOf(file);
    this.kept = this.kept.filter((each) => each !== file);
    this.#show();
    announce(`${file.fileName} will be removed.`);
    (this.tiles.enabledButton(Math.min(index, this.kept.length - 1)) ?? this.input).focus();
  }

  #show() {
    this.tiles.show(this.kept, (file, moves) => [
      thumbnail(file.url, file.fileName, file.fileName, { draggable: false }),
      element(
        'div',
        { className: 'buttons' },
        ...moves,
        button('✕', () => this.#remove(file), { 'aria-label': `Remove ${file.fileName}` }),
      ),
    ]);
    this.added.show(this.transfers, (transfer, moves) => [
      transfer.row,
      element('div', { className: 'buttons' }, ...moves),
    ]);
  }
}

/** A list that is put in order by dragging or by buttons. */
class Sortable {
  /** onMove gets all items in their new order, and shows them. */
  constructor({ list, arrows, nameOf, onMove }) {
    this.list = list;
    this.arrows = arrows;
    this.nameOf = nameOf;
    this.onMove = onMove;
    this.items = [];
    this.dragged = null;
  }

  /** contentOf gives what is in an entry: it gets the item and the buttons that move it. */
  show(items, contentOf) {
    this.items = items;
    this.list.hidden = items.length === 0;
    this.list.replaceChildren(...items.map((item, index) => this.#entry(item, index, contentOf)));
  }

  enabledButton(index) {
    return this.list.children[index]?.querySelector('button:not(:disabled)');
  }

  #entry(item, index, contentOf) {
    const moves = this.items.length > 1 ? [this.#step(item, index, -1), this.#step(item, index, 1)] : [];
    const entry = element('li', { draggable: this.items.length > 1 }, ...contentOf(item, moves));
    entry.addEventListener('dragstart', (event) => {
      this.dragged = item;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', this.nameOf(item));
      entry.classList.add('dragged');
    });
    entry.addEventListener('dragend', () => {
      this.dragged = null;
      entry.classList.remove('dragged');
    });
    entry.addEventListener('dragover', (event) => this.dragged && event.preventDefault());
    entry.addEventListener('drop', (event) => {
      if (this.dragged) {
        event.preventDefault();
        this.#move(this.dragged, index);
      }
    });
    return entry;
  }

  #step(item, index, by) {
    const to = index + by;
    const forward = by < 0;
    return button(
      this.arrows[forward ? 0 : 1],
      () => {
        this.#move(item, to);
        const [first, second] = this.list.children[to].querySelectorAll('[data-move]');
        const [wanted, other] = forward ? [first, second] : [second, first];
        (wanted.disabled ? other : wanted).focus();
      },
      {
        'aria-label': `Move ${this.nameOf(item)} ${forward ? 'forward' : 'back'}`,
        'data-move': by,
        disabled: to < 0 || to >= this.items.length,
      },
    );
  }

  #move(item, to) {
    const rest = this.items.filter((each) => each !== item);
    rest.splice(to, 0, item);
    this.onMove(rest);
    announce(`${this.nameOf(item)} is now number ${to + 1} of ${rest.length}.`);
  }
}
