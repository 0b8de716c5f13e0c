// The dialog that makes or changes a product.
import { announce, confirm, element } from './dom.js';
import { problem, showFailure } from './failure.js';
import { FileField } from './file-field.js';
import { GalleryField } from './gallery-field.js';
import { run } from './graphql.js';
import { NotSent } from './transfer.js';
import { saveDraft } from './unfinished.js';
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
    this.fieldsPlace = dialog.querySelector('#editor-fields');
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
    this.name.addEventListener('input', () => saveDraft({ id: this.product?.id, name: this.name.value }));
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
    this.fieldsPlace.replaceChildren(...this.fields.map(({ fieldset }) => fieldset));
    this.outcome.replaceChildren();
    this.#showNameProblem(null);
    saveDraft({ id: product?.id, name });
    this.dialog.showModal();
    this.name.focus();
  }

  field(coordinate) {
    return this.fields.find(({ field }) => field === coordinate);
  }

  /** Takes pasted files: for the field that has the focus, or else the picture. */
  paste(files) {
    const [picture] = this.fields;
    const focused = this.fields.find(({ fieldset }) => fieldset.contains(document.activeElement));
    (focused ?? picture).choose(files);
  }

  async #submit(event) {
    event.preventDefault();
    this.outcome.replaceChildren();
    for (const { problems } of this.fields) {
      problems.replaceChildren();
    }
    this.save.disabled = true;
    try {
      // Files that were chosen a moment ago: what speaks against one is told at its field, and nothing is saved without it.
      await Promise.all(this.fields.map(({ choosing }) => choosing));
      const refused = this.fields.find(({ problems }) => problems.childElementCount > 0);
      refused?.input.focus();
      if (refused || !this.#validate()) {
        return;
      }
      this.outcome.replaceChildren(element('p', { className: 'hint' }, 'Saving…'));
      const { product, changes } = await this.#values();
      const update = changes ? UPDATE_WITH_GALLERY : UPDATE;
      await run(this.product ? update : CREATE, { id: this.product?.id, product, changes }, (sent, total) => {
        this.outcome.replaceChildren(element('progress', { max: total, value: sent, 'aria-label': 'Saving' }));
      });
      for (const field of this.fields) {
        field.saved();
      }
      this.#close();
      await this.onSaved();
      announce(`${product.name} is saved.`);
    } catch (failure) {
      if (failure instanceof NotSent) {
        this.#refuseToSave(failure);
        return;
      }
      showFailure(this.outcome, failure, (error) => this.#problemsOf(error));
      if (this.outcome.childElementCount === 0) {
        this.outcome.append(problem('Not saved: see above.'));
      }
    } finally {
      this.save.disabled = false;
    }
  }

  #validate() {
    const hasName = this.name.value.trim() !== '';
    this.#showNameProblem(hasName ? null : 'A product needs a name.');
    if (!hasName) {
      this.name.focus();
      return false;
    }
    if (!this.fields.every((field) => field.validate())) {
      return false;
    }
    const stuck = this.fields.flatMap(({ transfers }) => transfers).find(({ isStuck }) => isStuck);
    if (stuck) {
      this.#refuseToSave(new NotSent(stuck));
      return false;
    }
    return true;
  }

  /** A file that its user has chosen is saved with the product, or removed by them; never left out. */
  #refuseToSave({ message, transfer }) {
    this.outcome.replaceChildren(problem(`Not saved: ${message}`));
    transfer.row.scrollIntoView({ block: 'nearest' });
    transfer.row.querySelector('.buttons button:not([hidden])').focus();
  }

  #showNameProblem(text) {
    this.name.setAttribute('aria-invalid', String(text !== null));
    this.nameProblem.replaceChildren(...(text ? [problem(text)] : []));
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

  /** Where to say what is wrong with an input: ["product", "image"], ["product", "gallery", 2] or ["changes", "append", 2]. */
  #problemsOf({ extensions = {} }) {
    const [input, name] = extensions.inputPath ?? [];
    if (!input && extensions.code === 'FILE_URL_FORBIDDEN') {
      // What its scalar does not take is an error of the whole request.
      return this.fields.find(({ hasUrl }) => hasUrl)?.problems;
    }
    return this.fields.find((field) => field.name === (input === 'changes' ? 'gallery' : name))?.problems;
  }

  async #cancel() {
    const hasFiles = this.fields.some(({ transfers }) => transfers.length > 0);
    if (hasFiles && !(await confirm('Discard the files that you have added?', 'Discard'))) {
      return;
    }
    this.#close();
    await Promise.all(this.fields.map((field) => field.discard()));
  }

  #close() {
    saveDraft(null);
    this.dialog.close();
  }
}
