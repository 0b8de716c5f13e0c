import { Catalogue } from './catalogue.js';
import { Editor } from './editor.js';
import { loadRules } from './rules.js';
import { wayForm } from './way-form.js';
import { WAYS } from './ways.js';

const rules = await loadRules();
const catalogue = new Catalogue(
  document.querySelector('#products'),
  document.querySelector('#notice'),
  (product) => editor.open(product),
);
const editor = new Editor(document.querySelector('#editor'), rules, () => catalogue.refresh());

document.querySelector('#ways').append(...Object.keys(WAYS).map((way) => wayForm(way, rules, () => catalogue.refresh())));
document.querySelector('#new-product').addEventListener('click', () => editor.open(null));
await catalogue.refresh();
