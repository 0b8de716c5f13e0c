// The list of products.
import { announce, ask, button, element, setChildren, size } from './dom.js';
import { takeDrops } from './drop.js';
import { problem, showFailure } from './failure.js';
import { run } from './graphql.js';
import { objection } from './rules.js';
import { Transfer } from './transfer.js';

const FILE = 'id url fileName mimeType byteSize';
const PRODUCTS = `{
  products {
    id name mayChange
    image { ${FILE} }
    manual { ${FILE} download: url(download: true) }
    gallery { ${FILE} }
    attachment { ${FILE} download: url(download: true) }
  }
}`;
const REPLACE = 'mutation ($id: ID!, $product: ProductPatch!) { updateProduct(id: $id, product: $product) { id } }';

export class Catalogue {
  constructor(section, rules, onEdit) {
    this.list = section.querySelector('#products');
    this.notice = section.querySelector('#notice');
    this.count = section.querySelector('#count');
    this.rules = rules.get('Product.image');
    this.onEdit = onEdit;
    this.products = [];
    this.cards = new Map();
    this.asked = 0;
    this.shown = 0;
  }

  /** Shows what the server has now. Answers can overtake each other: an older one is not shown after a newer. */
  async refresh() {
    const asked = ++this.asked;
    try {
      const { products } = await run(PRODUCTS);
      if (asked > this.shown) {
        this.shown = asked;
        this.#show(products);
      }
    } catch (failure) {
      showFailure(this.notice, failure);
    }
  }

  #show(products) {
    const before = this.cards;
    this.products = products;
    this.cards = new Map(products.map((product) => [product.id, this.#entry(product, before.get(product.id))]));
    this.count.textContent = products.length || '';
    this.notice.replaceChildren(...(products.length ? [] : [emptyState()]));
    setChildren(
      this.list,
      [...this.cards.values()].map(({ card }) => card),
    );
  }

  /** A card stays as it is, what is focused in it and what it says too, until its product changes. */
  #entry(product, before) {
    const state = JSON.stringify(product);
    if (state === before?.state) {
      return before;
    }
    const underWay = before?.outcome.querySelector('.transfer');
    const outcome = underWay ? before.outcome : element('div', { className: 'outcome', role: 'alert' });
    const card = this.#card(product, outcome);
    if (before) {
      const focused = buttons(before.card).indexOf(document.activeElement);
      before.card.replaceWith(card);
      buttons(card)[focused]?.focus();
    }
    return { state, outcome, card };
  }

  #card(product, outcome) {
    const picture = product.image
      ? element('img', { src: product.image.url, alt: `Picture of ${product.name}`, loading: 'lazy' })
      : element('span', {}, 'No picture yet');
    const card = element(
      'li',
      { className: 'card product' },
      element(
        'div',
        { className: 'picture' },
        picture,
        element('span', { className: 'invitation', 'aria-hidden': 'true' }, 'Drop to replace the picture'),
      ),
      element(
        'div',
        { className: 'body' },
        element('h3', {}, product.name),
        gallery(product.gallery),
        element(
          'ul',
          { className: 'files' },
          download('Manual', product.manual),
          download('Attachment', product.attachment),
        ),
        outcome,
        element(
          'div',
          { className: 'actions', hidden: !product.mayChange },
          button('Edit', () => this.onEdit(product), { 'aria-label': `Edit ${product.name}` }),
          button('Delete', () => this.#delete(product, outcome), {
            className: 'danger',
            'aria-label': `Delete ${product.name}`,
          }),
        ),
      ),
    );
    if (product.mayChange) {
      takeDrops(card, ([file]) => this.#replacePicture(product, file, outcome));
    }
    return card;
  }

  async #replacePicture(product, file, outcome) {
    const refused = objection(this.rules, file, 'DIRECT_UPLOAD');
    if (refused) {
      outcome.replaceChildren(problem(refused));
      return;
    }
    const transfer = new Transfer('Product.image', file, 'directUploadToken', {
      onGone: () => outcome.replaceChildren(),
      onFailed: () => {},
    });
    outcome.replaceChildren(transfer.row);
    try {
      await run(REPLACE, { id: product.id, product: { image: await transfer.input() } });
      transfer.taken();
      outcome.replaceChildren();
      await this.refresh();
      announce(`The picture of ${product.name} is replaced.`);
    } catch (failure) {
      if (failure.code !== 'ABORTED') {
        showFailure(outcome, failure);
      }
    }
  }

  async #delete(product, outcome) {
    if (!(await ask(`Delete ${product.name} and its files?`, 'Delete'))) {
      return;
    }
    try {
      await run('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
      const place = this.products.findIndex(({ id }) => id === product.id);
      await this.refresh();
      announce(`${product.name} is deleted.`);
      (this.list.children[place] ?? this.list.lastElementChild)?.querySelector('button')?.focus();
    } catch (failure) {
      showFailure(outcome, failure);
    }
  }
}

const buttons = (card) => [...card.querySelectorAll('.actions button')];

function emptyState() {
  return element(
    'div',
    { className: 'empty' },
    element('p', {}, 'Nothing here yet.'),
    element('p', { className: 'hint' }, 'Drop a picture above, or make a product with all it has.'),
  );
}

function gallery(files) {
  return files.length === 0
    ? null
    : element(
        'div',
        { className: 'gallery' },
        ...files.map((file) =>
          element(
            'a',
            { href: file.url, title: file.fileName },
            element('img', { src: file.url, alt: file.fileName, loading: 'lazy' }),
          ),
        ),
      );
}

function download(label, file) {
  return file === null
    ? null
    : element(
        'li',
        {},
        `${label}: `,
        element('a', { href: file.download, download: file.fileName }, file.fileName),
        element('small', {}, ` ${size(file.byteSize)}`),
      );
}
