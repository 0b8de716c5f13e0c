// Pictures dropped on the page become products, each named after its file.
import { announce, element } from './dom.js';
import { problem } from './failure.js';
import { GraphQLFailure, run } from './graphql.js';
import { picker } from './picker.js';
import { check, describe } from './rules.js';
import { NotSent, Transfer } from './transfer.js';
import { words } from './words.js';

const FIELD = 'Product.image';
const MAX_NAME = 200;
const CREATE = 'mutation ($product: ProductInput!) { createProduct(product: $product) { id name } }';

/** Fills the section; gives what adds files that come from elsewhere. */
export function quickAdd(section, rules, onAdded) {
  const rule = rules.get(FIELD);
  const transfers = element('div', { className: 'transfers' });
  const problems = element('div', { className: 'problems', role: 'alert', id: 'quick-add-problems' });
  const { area } = picker({
    label: 'Pictures of new products',
    text: 'Drop or paste pictures here to add products, or ',
    hint: element('span', { className: 'hint', id: 'quick-add-hint' }, describe(rule, 'DIRECT_UPLOAD')),
    many: true,
    accept: rule.accept,
    describedBy: 'quick-add-hint quick-add-problems',
    onFiles: add,
  });
  section.replaceChildren(area, transfers, problems);
  /** Ends when the products before have been created, so that they come in the order of their files. */
  let before = Promise.resolve();

  async function add(files) {
    problems.replaceChildren();
    for (const file of files) {
      const refused = await check(FIELD, file, 'DIRECT_UPLOAD').catch((failure) => failure);
      if (refused) {
        problems.append(problem(words(refused)));
        continue;
      }
      const transfer = new Transfer(FIELD, file, 'directUploadToken', { onRemove: () => transfer.row.remove() });
      transfers.append(transfer.row);
      before = Promise.all([transfer.settled(), before]).then(() => create(transfer));
    }
  }

  async function create(transfer) {
    if (transfer.upload.state !== 'done') {
      createLater(transfer);
      return;
    }
    const { name: fileName } = transfer.file;
    const name = (fileName.replace(/\.[^.]*$/, '') || fileName).slice(0, MAX_NAME);
    try {
      await run(CREATE, { product: { name, image: await transfer.input() } });
    } catch (failure) {
      const [error] = failure instanceof GraphQLFailure ? failure.errors : [failure];
      if (!(error instanceof NotSent)) {
        problems.append(problem(`${fileName}: ${words(error)}`));
        transfer.offerRetry(() => create(transfer));
      }
      return;
    }
    transfer.saved();
    transfer.row.remove();
    // The next need not wait until this one is shown.
    onAdded().then(() => announce(`${name} is in the catalogue.`));
  }

  /** One that waits for its user does not hold up the others. */
  function createLater(transfer) {
    const unsubscribe = transfer.upload.subscribe(() => {
      if (transfer.upload.state === 'done') {
        unsubscribe();
        create(transfer);
      }
    });
  }

  return add;
}
