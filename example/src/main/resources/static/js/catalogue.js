// The list of products.
import { run } from './graphql.js';
import { element, showFailure, size } from './dom.js';

const FILE = 'url fileName mimeType byteSize';
const PRODUCTS = `{
  products {
    id name
    image { ${FILE} }
    manual { ${FILE} download: url(download: true) }
    gallery { ${FILE} }
    attachment { ${FILE} download: url(download: true) }
  }
}`;

export class Catalogue {
  constructor(list, notice, onEdit) {
    this.list = list;
    this.notice = notice;
    this.onEdit = onEdit;
  }

  async refresh() {
    try {
      const { products } = await run(PRODUCTS);
      this.notice.textContent = products.length ? '' : 'There is nothing here yet. Add the first product above.';
      this.list.replaceChildren(...products.map((product) => this.#card(product)));
    } catch (failure) {
      showFailure(this.notice, failure);
    }
  }

  #card(product) {
    const outcome = element('div', { className: 'outcome' });
    const remove = element('button', { type: 'button', className: 'danger', 'aria-label': `Delete ${product.name}` }, 'Delete');
    remove.addEventListener('click', () => this.#delete(product, remove, outcome));
    const edit = element('button', { type: 'button', 'aria-label': `Edit ${product.name}` }, 'Edit');
    edit.addEventListener('click', () => this.onEdit(product));
    return element('li', { className: 'card product' },
      product.image
        ? element('img', { className: 'picture', src: product.image.url, alt: `Picture of ${product.name}`, loading: 'lazy' })
        : element('div', { className: 'picture' }, 'No picture'),
      element('div', { className: 'body' },
        element('h3', {}, product.name),
        gallery(product.gallery),
        element('ul', { className: 'files' }, download('Manual', product.manual), download('Attachment', product.attachment)),
        element('div', { className: 'actions' }, edit, remove, outcome)));
  }

  async #delete(product, button, outcome) {
    if (!window.confirm(`Delete ${product.name} and its files?`)) {
      return;
    }
    button.disabled = true;
    try {
      await run('mutation ($id: ID!) { deleteProduct(id: $id) }', { id: product.id });
      await this.refresh();
      this.notice.textContent = `${product.name} is deleted.`;
    } catch (failure) {
      button.disabled = false;
      showFailure(outcome, failure);
    }
  }
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
