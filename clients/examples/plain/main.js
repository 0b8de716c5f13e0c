import { createUploader } from 'graphql-files-upload';
import { createFileField } from 'graphql-files-upload/field';
import { createProduct } from '../create-product.js';
import { button, element } from './elements.js';

const field = createFileField(createUploader(), 'Product.gallery', { multiple: true });
const form = document.querySelector('form');
field.dropzone(form.querySelector('label'));
field.subscribe(() => {
  const { files, problems } = field.snapshot;
  form.querySelector('[role=alert]').textContent = problems.map(({ message }) => message).join(' ');
  form.querySelector('div').replaceChildren(...files.map(row));
});
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  await createProduct(await field.inputs());
  field.saved();
});
function row({ name, state, sent, total, error, toggle, remove }) {
  const bar = element('progress', { value: sent, max: total });
  const pause = state !== 'done' && button(state === 'sending' ? 'Pause' : 'Resume', toggle);
  return element('p', {}, name, bar, error?.message, pause, button('Remove', remove));
}
