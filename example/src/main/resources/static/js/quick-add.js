// Pictures dropped on the page become products, each named after its file.
import { announce, element } from './dom.js';
import { problem } from './failure.js';
import { run } from './graphql.js';
import { picker } from './picker.js';
import { describe, objection } from './rules.js';
import { Transfer } from './transfer.js';

const FIELD = 'Product.image';
const CREATE = 'mutation ($product: ProductInput!) { createProduct(product: $product) { id name } }';

export function quickAdd(section, rules, onAdded) {
  const rule = rules.get(FIELD);
  const underWay = element('div', { className: 'transfers' });
  const problems = element('div', { className: 'problems', role: 'alert', id: 'quick-add-problems' });
  const { place } = picker({
    label: 'Pictures of new products',
    text: 'Drop pictures here to add products, or ',
    hint: element('span', { className: 'hint', id: 'quick-add-hint' }, describe(rule, 'DIRECT_UPLOAD')),
    many: true,
    accept: rule?.accept?.join(',') ?? '',
    describedBy: 'quick-add-hint quick-add-problems',
    onFiles: (files) => {
      problems.replaceChildren();
      return Promise.all(files.map(add));
    },
  });
  section.append(place, underWay, problems);

  async function add(file) {
    const refused = objection(rule, file, 'DIRECT_UPLOAD');
    if (refused) {
      problems.append(problem(refused));
      return;
    }
    const transfer = new Transfer(FIELD, file, 'directUploadToken', {
      onGone: () => transfer.row.remove(),
      onFailed: () => {},
    });
    underWay.append(transfer.row);
    try {
      const name = file.name.replace(/\.[^.]*$/, '') || file.name;
      await run(CREATE, { product: { name, image: await transfer.input() } });
      transfer.taken();
      await onAdded();
      announce(`${name} is in the catalogue.`);
    } catch (failure) {
      if (failure.code !== 'ABORTED') {
        problems.append(
          problem(`${file.name}: ${failure.message}`, failure.errors?.[0]?.extensions?.code ?? failure.code),
        );
      }
    } finally {
      transfer.row.remove();
    }
  }
}
