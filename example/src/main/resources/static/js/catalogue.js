// The list of products.
import { announce, ask, button, element, size } from './dom.js';
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
  }

  async refresh() {
    try {
      ({ products: this.products } = await run(PRODUCTS));
      this.count.textContent = this.products.length || '';
      this.notice.replaceChildren(...(this.products.length ? [] : [emptyState()]));
      this.list.replaceChildren(...this.products.map((product) => this.#card(product)));
    } catch (failure) {
      showFailure(this.notice, failure);
    }
  }

  #card(product) {
    const outcome = element('div', { className: 'outcome', role: 'alert' });
    const picture = product.image
      ? element('img', { src: product.image.url, alt: `Picture of ${product.name}`, loading: 'lazy' })
      : element('span', {}, 'No picture yet');
    const card = element('li', { className: 'card product' },
      element('div', { className: 'picture' }, picture, element('span', { className: 'invitation', 'aria-hidden': 'true' }, 'Drop to replace the picture')),
      element('div', { className: 'body' },
        element('h3', {}, product.name),
        gallery(product.gallery),
        element('ul', { className: 'files' }, download('Manual', product.manual), download('Attachment', product.attachment)),
        outcome,
        element('div', { className: 'actions', hidden: !product.mayChange },
          button('Edit', () => this.onEdit(product), { 'aria-label': `Edit ${product.name}` }),
          button('Delete', () => this.#delete(product, outcome), { className: 'danger', 'aria-label': `Delete ${product.name}` }))));
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
    const transfer = new Transfer('Product.image', file, 'directUploadToken', { onGone: () => outcome.replaceChildren(), onFailed: () => {} });
    outcome.replaceChildren(transfer.row);
    try {
      await run(REPLACE, { id: product.id, product: { image: await transfer.input() } });
      transfer.taken();
      announce(`The picture of ${product.name} is replaced.`);
      await this.refresh();
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

function emptyState() {
  return element('div', { className: 'empty' },
    element('p', {}, 'Nothing here yet.'),
    element('p', { className: 'hint' }, 'Drop a picture above, or make a product with all it has.'));
}

function gallery(files) {
  return files.length === 0 ? null : element('div', { className: 'gallery' },
    ...files.map((file) => element('a', { href: file.url, title: file.fileName },
      element('img', { src: file.url, alt: file.fileName, loading: 'lazy' }))));
}

function download(label, file) {
  return file === null ? null : element('li', {}, `${label}: `,
    element('a', { href: file.download, download: file.fileName }, file.fileName),
    element('small', {}, ` ${size(file.byteSize)}`));
}
