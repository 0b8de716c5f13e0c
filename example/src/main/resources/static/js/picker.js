// Where files are dropped or chosen. The input itself takes the focus, so that keyboards and screen readers find it.
import { element } from './dom.js';
import { takeDrops } from './drop.js';

export function picker({ label, text, hint, many = false, accept = '', describedBy = '', onFiles }) {
  const input = element('input', {
    type: 'file',
    multiple: many,
    accept,
    className: 'unseen',
    'aria-label': label,
    'aria-describedby': describedBy,
  });
  input.addEventListener('change', () => {
    const files = [...input.files];
    // So that the same file can be chosen again.
    input.value = '';
    onFiles(files);
  });
  const place = element(
    'label',
    { className: 'picker' },
    input,
    element('span', {}, text, element('u', {}, many ? 'choose files' : 'choose a file')),
    hint,
  );
  takeDrops(place, (files) => onFiles(many ? files : files.slice(0, 1)));
  return { place, input };
}
