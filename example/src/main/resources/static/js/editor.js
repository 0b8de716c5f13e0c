// The dialog that makes or changes a whole product: for each file field keep, remove, or a new file in any of the four ways.
import { element, showFailure, showProgress } from './dom.js';
import { describe } from './rules.js';
import { WAYS, runWithFiles } from './ways.js';

const FIELDS = { image: 'Picture', manual: 'Manual', gallery: 'Gallery', attachment: 'Attachment' };

const CREATE = 'mutation ($product: ProductInput!) { createProduct(product: $product) { id } }';
const UPDATE = 'mutation ($id: ID!, $product: ProductPatch!) { updateProduct(id: $id, product: $product) { id } }';

export class Editor {
  constructor(dialog, rules, onSaved) {
    this.dialog = dialog;
    this.form = dialog.querySelector('form');
    this.place = dialog.querySelector('#editor-fields');
    this.outcome = dialog.querySelector('.outcome');
    this.save = dialog.querySelector('[value=save]');
    this.rules = rules;
    this.onSaved = onSaved;
    dialog.querySelector('[value=cancel]').addEventListener('click', () => dialog.close());
    this.form.addEventListener('submit', (event) => this.#submit(event));
  }

  /** Opens for a product, or for a new one when it is null. */
  open(product) {
    this.product = product;
    this.dialog.querySelector('h2').textContent = product ? `Edit ${product.name}` : 'New product';
    this.form.elements.name.value = product?.name ?? '';
    this.fields = Object.keys(FIELDS).map((name) => new FileField(name, product, this.rules.get(`Product.${name}`)));
    this.place.replaceChildren(...this.fields.map((field) => field.fieldset));
    this.outcome.replaceChildren();
    this.dialog.showModal();
    this.form.elements.name.focus();
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.form.reportValidity()) {
      return;
    }
    this.save.disabled = true;
    this.fields.forEach((field) => field.problems.replaceChildren());
    const onProgress = showProgress(this.outcome, 'Saving…');
    try {
      const product = { name: this.form.elements.name.value };
      for (const field of this.fields) {
        const value = await field.value(onProgress);
        if (value !== undefined) {
          product[field.name] = value;
        }
      }
      await runWithFiles(this.product ? UPDATE : CREATE, { id: this.product?.id, product }, onProgress);
      this.dialog.close();
      await this.onSaved();
    } catch (failure) {
      // inputPath is ["product", "image"] or ["product", "gallery", 2].
      showFailure(this.outcome, failure, (path) => this.fields.find((field) => field.name === path[1])?.problems);
    } finally {
      this.save.disabled = false;
    }
  }
}

/** One file field of the dialog. */
class FileField {
  constructor(name, product, rules) {
    this.name = name;
    this.rules = rules;
    this.many = name === 'gallery';
    const current = [product?.[name] ?? []].flat();
    this.way = element('select', { 'aria-label': `${FIELDS[name]}: what to do` },
      element('option', { value: 'keep' }, current.length ? `Keep ${current.map((file) => file.fileName).join(', ')}`.slice(0, 60) : 'None'),
      current.length ? element('option', { value: 'remove' }, 'Remove') : null,
      ...Object.entries(WAYS).map(([value, { title }]) => element('option', { value }, title)));
    this.file = element('input', { type: 'file', multiple: this.many, accept: rules?.accept?.join(',') ?? '', 'aria-label': `${FIELDS[name]}: file` });
    this.url = element('input', { type: 'url', placeholder: 'https://', 'aria-label': `${FIELDS[name]}: URL` });
    this.hint = element('div', { className: 'hint' });
    this.problems = element('div');
    this.fieldset = element('fieldset', {},
      element('legend', {}, FIELDS[name]),
      element('div', { className: 'pair' }, this.way, element('div', {}, this.file, this.url)),
      this.hint,
      this.problems);
    this.way.addEventListener('change', () => this.#showControls());
    this.#showControls();
  }

  /** What to send: undefined leaves the field out, null clears it. */
  async value(onProgress) {
    const way = WAYS[this.way.value];
    if (!way) {
      return this.way.value === 'remove' ? null : undefined;
    }
    const given = way.takes === 'url' ? [this.url.value] : [...this.file.files];
    const inputs = [];
    for (const item of given) {
      inputs.push(await way.prepare(`Product.${this.name}`, item, onProgress));
    }
    return this.many ? inputs : inputs[0];
  }

  #showControls() {
    const { takes, source } = WAYS[this.way.value] ?? {};
    this.hint.textContent = describe(this.rules, source);
    this.file.hidden = takes !== 'file';
    this.file.required = takes === 'file';
    this.url.hidden = takes !== 'url';
    this.url.required = takes === 'url';
  }
}
