import { showAccount } from './account.js';
import { Catalogue } from './catalogue.js';
import { ignoreOtherDrops } from './drop.js';
import { Editor } from './editor.js';
import { quickAdd } from './quick-add.js';
import { loadRules } from './rules.js';
import { showUnfinished } from './unfinished.js';

ignoreOtherDrops();
const rules = await loadRules();
const catalogue = new Catalogue(document.querySelector('#catalogue'), rules, (product) => editor.open(product));
const unfinished = document.querySelector('#unfinished');
const listUnfinished = () => showUnfinished(unfinished, goOn);
const editor = new Editor(document.querySelector('#editor'), rules, () => catalogue.refresh());

const newProduct = document.querySelector('#new-product');
const quick = document.querySelector('#quick-add');
await showAccount(document.querySelector('#account'), [newProduct, quick]);
quickAdd(quick, rules, () => catalogue.refresh());
newProduct.addEventListener('click', () => editor.open(null));
document.querySelector('#editor').addEventListener('close', listUnfinished);
await catalogue.refresh();
listUnfinished();

/** Opens the editor where it was before the reload. */
function goOn({ id, name }, field) {
  const product = catalogue.products.find((each) => each.id === id) ?? null;
  editor.open(product, { name: name ?? product?.name });
  editor.field(field)?.input.focus();
}
