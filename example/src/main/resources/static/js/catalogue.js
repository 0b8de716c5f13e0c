// The list of products.
import { announce, button, confirm, element, setChildren, size } from './dom.js';
import { acceptDrops } from './drop.js';
import { problem, showFailure } from './failure.js';
import { run } from './graphql.js';
import { showLarge } from './lightbox.js';
import { thumbnail } from './preview.js';
import { check } from './rules.js';
import { NotSent, Transfer } from './transfer.js';
import { words } from './words.js';

const FILE = 'id url fileName mimeType byteSize';
const VARIANTS = ['thumb', 'page'].map((name) => `${name}: variant(name: "${name}") { url width height }`);
const PICTURE = `${FILE} width height placeholder ${VARIANTS.join(' ')}`;
const PRODUCTS = `{
  products {
    id name mayChange
    image { ${PICTURE} }
    manual { ${FILE} download: url(download: true) }
    gallery { ${PICTURE} }
    attachment { ${FILE} download: url(download: true) }
  }
}`;
/** New cards that are made before the browser may do something else, such as to show them. */
const AT_ONCE = 12;
/** Pictures that are in view at first, in most windows. */
const IN_VIEW = 4;

/** Asks for all products: what load() shows. */
export const askForProducts = () => run(PRODUCTS);

const REPLACE = 'mutation ($id: ID!, $product: ProductPatch!) { updateProduct(id: $id, product: $product) { id } }';

export class Catalogue {
  constructor(section, rules, account, onEdit) {
    this.list = section.querySelector('#products');
    this.notice = section.querySelector('#notice');
    this.count = section.querySelector('#count');
    this.mayCreate = account.mayCreate;
    this.onEdit = onEdit;
    this.products = [];
    this.cards = new Map();
    this.asked = 0;
    this.shown = 0;
  }

  /** Shows what the server answers. Answers can overtake each other: an older one is not shown after a newer. */
  async load(answer = askForProducts()) {
    const asked = ++this.asked;
    const { products } = await answer;
    if (asked > this.shown) {
      this.shown = asked;
      this.#show(products);
    }
  }

  /** Likewise; if that fails, what is shown stays, and it is said that it may be old. */
  async refresh() {
    try {
      await this.load();
    } catch (failure) {
      showFailure(this.notice, failure);
      this.notice.append(button('Try again', () => this.refresh()));
    }
  }

  #show(products) {
    this.products = products;
    this.count.textContent = products.length || '';
    this.notice.replaceChildren(...(products.length ? [] : [emptyState(this.mayCreate)]));
    this.#showFrom(0, new Map());
  }

  /** Shows the products from a place on, some at once and the others soon after; cards has those before that place. */
  #showFrom(start, cards) {
    const { products, cards: before } = this;
    let next = start;
    for (let made = 0; next < products.length && made < AT_ONCE; next++) {
      const product = products[next];
      const entry = this.#entry(product, before.get(product.id), next < IN_VIEW);
      cards.set(product.id, entry);
      made += entry === before.get(product.id) ? 0 : 1;
    }
    const isAll = next === products.length;
    const later = isAll ? [] : [...before].filter(([id]) => !cards.has(id));
    this.cards = new Map([...cards, ...later]);
    setChildren(
      this.list,
      [...this.cards.values()].map(({ card }) => card),
    );
    if (!isAll) {
      // Unless a newer answer has been shown meanwhile.
      setTimeout(() => this.products === products && this.#showFrom(next, cards));
    }
  }

  /** A card stays as it is, what is focused in it and what it says too, until its product changes. */
  #entry(product, before, isInView) {
    const state = JSON.stringify(product);
    if (state === before?.state) {
      return before;
    }
    const underWay = before?.outcome.querySelector('.transfer');
    const outcome = underWay ? before.outcome : element('div', { className: 'outcome', role: 'alert' });
    const card = this.#card(product, outcome, isInView);
    if (before) {
      const focused = buttons(before.card).indexOf(document.activeElement);
      before.card.replaceWith(card);
      buttons(card)[focused]?.focus();
    }
    return { state, outcome, card };
  }

  #card(product, outcome, isInView) {
    const picture = product.image
      ? shown(
          product.image,
          small(product.image, `Picture of ${product.name}`, {
            loading: isInView ? 'eager' : 'lazy',
            fetchPriority: isInView ? 'high' : 'auto',
          }),
        )
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
        player(product.attachment),
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
      acceptDrops(card, ([file]) => this.#replacePicture(product, file, outcome));
    }
    return card;
  }

  async #replacePicture(product, file, outcome) {
    const refused = await check('Product.image', file, 'DIRECT_UPLOAD').catch((failure) => failure);
    if (refused) {
      outcome.replaceChildren(problem(words(refused)));
      return;
    }
    outcome.transfer?.discard();
    const transfer = new Transfer('Product.image', file, 'directUploadToken', {
      onRemove: () => outcome.replaceChildren(),
    });
    outcome.transfer = transfer;
    outcome.replaceChildren(transfer.row);
    const unsubscribe = transfer.upload.subscribe(async () => {
      if (transfer.upload.state === 'done') {
        unsubscribe();
        await this.#savePicture(product, transfer, outcome);
      }
    });
  }

  async #savePicture(product, transfer, outcome) {
    try {
      await run(REPLACE, { id: product.id, product: { image: await transfer.input() } });
    } catch (failure) {
      if (!(failure instanceof NotSent)) {
        showFailure(outcome, failure);
        outcome.prepend(transfer.row);
        transfer.offerRetry(() => this.#savePicture(product, transfer, outcome));
      }
      return;
    }
    transfer.saved();
    outcome.replaceChildren();
    await this.refresh();
    announce(`The picture of ${product.name} is replaced.`);
  }

  async #delete(product, outcome) {
    if (!(await confirm(`Delete ${product.name} and its files?`, 'Delete'))) {
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

function emptyState(mayCreate) {
  return element(
    'div',
    { className: 'empty' },
    element('p', {}, 'Nothing here yet.'),
    element(
      'p',
      { className: 'hint' },
      mayCreate ? 'Drop a picture above, or make a product with all it has.' : 'Sign in to add products.',
    ),
  );
}

/** A picture in the size of its place, which is kept while it loads: the page does not jump. */
function small(file, alt, properties = { loading: 'lazy' }) {
  const { url, width, height } = file.thumb ?? file;
  const image = thumbnail(url, alt, file.fileName, { ...properties, ...(width && { width, height }) });
  if (file.placeholder) {
    image.style.background = `center / cover url("${file.placeholder}")`;
    image.addEventListener('load', () => image.style.removeProperty('background'), { once: true });
  }
  return image;
}

function gallery(files) {
  return files.length === 0
    ? null
    : element('div', { className: 'gallery' }, ...files.map((file) => shown(file, small(file, file.fileName))));
}

/** A picture that is shown large when it is asked for. */
function shown(file, image) {
  const link = element('a', { href: file.url, title: file.fileName }, image);
  link.addEventListener('click', (event) => {
    // As with any link, the original can be opened in a tab of its own.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && link.querySelector('img')) {
      event.preventDefault();
      showLarge(file, image.alt);
    }
  });
  return link;
}

/** Films and sound can be played where they are. */
function player(file) {
  const [kind] = file?.mimeType.split('/') ?? [];
  return kind === 'video' || kind === 'audio'
    ? element(kind, { src: file.url, controls: true, preload: 'metadata', 'aria-label': file.fileName })
    : null;
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
        ...(file.mimeType === 'application/pdf'
          ? [' ', element('a', { href: file.url, target: '_blank', 'aria-label': `Read ${file.fileName}` }, 'Read')]
          : []),
      );
}
