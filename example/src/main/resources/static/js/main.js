import { loadAccount, showAccount } from './account.js';
import { Catalogue, askForProducts } from './catalogue.js';
import { button, element } from './dom.js';
import { acceptPastes, ignoreOtherDrops } from './drop.js';
import { Editor } from './editor.js';
import { quickAdd } from './quick-add.js';
import { showUnfinished } from './unfinished.js';
import { uploader } from './ways.js';
import { words } from './words.js';

const status = document.querySelector('#status');
const newProduct = document.querySelector('#new-product');
const quick = document.querySelector('#quick-add');
const dialog = document.querySelector('#editor');

ignoreOtherDrops();
await start();

/** Loads what the page needs, and shows it or why it cannot be shown. */
async function start() {
  status.replaceChildren(element('p', { className: 'loading', role: 'status' }, 'Loading…'));
  try {
    const [rules, account, products] = await Promise.all([uploader.rules(), loadAccount(), askForProducts()]);
    const catalogue = new Catalogue(document.querySelector('#catalogue'), rules, account, (product) =>
      editor.open(product),
    );
    await catalogue.load(products);
    const editor = new Editor(dialog, rules, () => catalogue.refresh());
    const addPictures = quickAdd(quick, rules, () => catalogue.refresh());
    showAccount(document.querySelector('#account'), account, [newProduct, quick]);
    newProduct.addEventListener('click', () => editor.open(null));
    acceptPastes((files) => {
      if (dialog.open) {
        editor.paste(files);
      } else if (account.mayCreate) {
        addPictures(files);
      }
    });
    const listUnfinished = () =>
      showUnfinished(document.querySelector('#unfinished'), ({ id, name }, field) => {
        // Where it was before the reload.
        const product = catalogue.products.find((each) => each.id === id) ?? null;
        editor.open(product, { name: name ?? product?.name });
        editor.field(field)?.input.focus();
      });
    dialog.addEventListener('close', listUnfinished);
    listUnfinished();
    status.remove();
    document.body.classList.add('ready');
  } catch (failure) {
    document.body.classList.add('failed');
    status.replaceChildren(
      element(
        'div',
        { className: 'problem', role: 'alert' },
        element('p', {}, `The catalogue could not be loaded. ${words(failure.errors?.[0] ?? failure)}`),
        button('Try again', start),
      ),
    );
  }
}
