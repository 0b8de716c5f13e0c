// One small form for each way in: a name, which field, a file or a URL.
import { element, showFailure, showProgress, showSuccess } from './dom.js';
import { describe } from './rules.js';
import { WAYS, runWithFiles } from './ways.js';

const FIELDS = { image: 'Picture', manual: 'Manual', attachment: 'Attachment' };

const CREATE = 'mutation ($product: ProductInput!) { createProduct(product: $product) { id name } }';

export function wayForm(way, rules, onCreated) {
  const { title, source: sourceType, text, takes, prepare } = WAYS[way];
  const name = element('input', { name: 'name', required: true, maxLength: 200, autocomplete: 'off' });
  const field = element('select', { name: 'field' },
    ...Object.entries(FIELDS).map(([value, label]) => element('option', { value }, label)));
  const source = takes === 'url'
    ? element('input', { name: 'url', type: 'url', required: true, placeholder: 'https://' })
    : element('input', { name: 'file', type: 'file', required: true });
  const hint = element('div', { className: 'hint' });
  const outcome = element('div', { className: 'outcome' });
  const submit = element('button', { type: 'submit', className: 'primary' }, 'Add');

  const showRules = () => {
    const rule = rules.get(`Product.${field.value}`);
    hint.textContent = describe(rule, sourceType);
    if (takes === 'file') {
      source.accept = rule?.accept?.join(',') ?? '';
    }
  };
  field.addEventListener('change', showRules);
  showRules();

  const form = element('form', { className: 'card way', 'aria-label': `Add a product: ${title}` },
    element('h3', {}, title),
    element('p', {}, text),
    labelled('Name', name),
    labelled('As its', field),
    labelled(takes === 'url' ? 'URL' : 'File', source, hint),
    submit,
    outcome);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const onProgress = showProgress(outcome, takes === 'url' ? 'The server is fetching it…' : 'Sending…');
    try {
      const given = takes === 'url' ? source.value : source.files[0];
      const input = await prepare(`Product.${field.value}`, given, onProgress);
      const product = { name: name.value, [field.value]: input };
      const { createProduct } = await runWithFiles(CREATE, { product }, takes === 'url' ? undefined : onProgress);
      form.reset();
      showRules();
      showSuccess(outcome, `${createProduct.name} is in the catalogue.`);
      await onCreated();
    } catch (failure) {
      showFailure(outcome, failure);
    } finally {
      submit.disabled = false;
    }
  });
  return form;
}

function labelled(text, control, ...more) {
  return element('label', { className: 'field' }, element('span', {}, text), control, ...more);
}
