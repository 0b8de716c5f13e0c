// Where files are dropped or chosen. The input itself takes the focus, so that keyboards and screen readers find it.
import { element } from './dom.js';
import { acceptDrops } from './drop.js';

export function picker({ label, text, hint, many = false, accept, describedBy = '', onFiles }) {
  const input = element('input', {
    type: 'file',
    multiple: many,
    accept: accept.join(','),
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
  const area = element(
    'label',
    { className: 'picker' },
    input,
    element('span', {}, text, element('u', {}, many ? 'choose files' : 'choose a file')),
    hint,
  );
  acceptDrops(area, (files) => onFiles(many ? files : files.slice(0, 1)));
  return { area, input };
}
