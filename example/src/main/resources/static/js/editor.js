// The dialog that makes or changes a product.
import { announce, ask, element } from './dom.js';
import { problem, showFailure } from './failure.js';
import { FileField } from './file-field.js';
import { GalleryField } from './gallery-field.js';
import { run } from './graphql.js';
import { keepDraft } from './unfinished.js';
import { WAYS } from './ways.js';

const FIELDS = { image: 'Picture', gallery: 'Gallery', manual: 'Manual', attachment: 'Attachment' };

const CREATE = 'mutation ($product: ProductInput!) { createProduct(product: $product) { id name } }';
const UPDATE = 'mutation ($id: ID!, $product: ProductPatch!) { updateProduct(id: $id, product: $product) { id name } }';
const UPDATE_WITH_GALLERY = `mutation ($id: ID!, $product: ProductPatch!, $changes: StoredFileListInput!) {
  updateProduct(id: $id, product: $product) { id name }
  editGallery(id: $id, changes: $changes) { id }
}`;

export class Editor {
  constructor(dialog, rules, onSaved) {
    this.dialog = dialog;
    this.form = dialog.querySelector('form');
    this.title = dialog.querySelector('h2');
    this.place = dialog.querySelector('#editor-fields');
    this.outcome = dialog.querySelector('.outcome');
    this.nameProblem = dialog.querySelector('#name-problem');
    this.save = dialog.querySelector('[value=save]');
    this.name = this.form.elements.name;
    this.way = this.form.elements.way;
    this.rules = rules;
    this.onSaved = onSaved;
    this.fields = [];
    this.way.append(...Object.entries(WAYS).map(([value, { label }]) => element('option', { value }, label)));
    this.way.addEventListener('change', () => {
      for (const field of this.fields) {
        field.useWay(this.way.value);
      }
    });
    this.name.addEventListener('input', () => keepDraft({ id: this.product?.id, name: this.name.value }));
    dialog.querySelector('[value=cancel]').addEventListener('click', () => this.#cancel());
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#cancel();
    });
    this.form.addEventListener('submit', (event) => this.#submit(event));
  }

  /** Opens for a product, or for a new one when it is null. */
  open(product, { name = product?.name ?? '' } = {}) {
    this.product = product;
    this.title.textContent = product ? `Edit ${product.name}` : 'New product';
    this.name.value = name;
    this.fields = Object.entries(FIELDS).map(
      ([field, label]) =>
        new (field === 'gallery' ? GalleryField : FileField)({
          name: field,
          label,
          current: product?.[field],
          rules: this.rules.get(`Product.${field}`),
          way: this.way.value,
        }),
    );
    this.place.replaceChildren(...this.fields.map(({ fieldset }) => fieldset));
    this.outcome.replaceChildren();
    this.nameProblem.replaceChildren();
    keepDraft({ id: product?.id, name });
    this.dialog.showModal();
    this.name.focus();
  }

  field(coordinate) {
    return this.fields.find(({ field }) => field === coordinate);
  }

  async #submit(event) {
    event.preventDefault();
    this.nameProblem.replaceChildren();
    this.name.setAttribute('aria-invalid', String(!this.name.value.trim()));
    if (!this.name.value.trim()) {
      this.nameProblem.append(problem('A product needs a name.'));
      this.name.focus();
      return;
    }
    this.save.disabled = true;
    for (const { problems } of this.fields) {
      problems.replaceChildren();
    }
    this.outcome.replaceChildren(element('p', { className: 'hint' }, 'Saving…'));
    try {
      const { product, changes } = await this.#values();
      const update = changes ? UPDATE_WITH_GALLERY : UPDATE;
      await run(this.product ? update : CREATE, { id: this.product?.id, product, changes }, (sent, total) => {
        this.outcome.replaceChildren(element('progress', { max: total, value: sent, 'aria-label': 'Saving' }));
      });
      for (const field of this.fields) {
        field.taken();
      }
      this.#close();
      await this.onSaved();
      announce(`${product.name} is saved.`);
    } catch (failure) {
      // inputPath is ["product", "image"], ["product", "gallery", 2] or ["changes", "append", 2].
      showFailure(this.outcome, failure, ([input, name]) => this.#problemsOf(input === 'changes' ? 'gallery' : name));
      if (this.outcome.childElementCount === 0) {
        this.outcome.append(problem('Not saved: see above.'));
      }
    } finally {
      this.save.disabled = false;
    }
  }

  /** The product, and what to change in the gallery of one that is there already. */
  async #values() {
    const product = { name: this.name.value.trim() };
    let changes;
    for (const field of this.fields) {
      if (field instanceof GalleryField) {
        changes = await field.changes();
      } else {
        const value = await field.value();
        if (value !== undefined) {
          product[field.name] = value;
        }
      }
    }
    if (!this.product && changes) {
      product.gallery = changes.append;
      changes = undefined;
    }
    return { product, changes };
  }

  #problemsOf(name) {
    return this.fields.find((field) => field.name === name)?.problems;
  }

  async #cancel() {
    const underWay = this.fields.some(
      ({ transfer, added = [] }) => transfer?.unfinished || added.some((each) => each.unfinished),
    );
    if (underWay && !(await ask('Give up the uploads under way?', 'Give up'))) {
      return;
    }
    this.#close();
    await Promise.all(this.fields.map((field) => field.giveUp()));
  }

  #close() {
    keepDraft(null);
    this.dialog.close();
  }
}
