// After a reload: which uploads can be resumed. The page cannot open the file again by itself, the user has to choose it.
import { announce, button, element, size } from './dom.js';
import { uploader } from './ways.js';

const DRAFT = 'catalogue-draft';

/** Remembers what is being edited: the product's id, or none for a new one, and its name; null when that ends. */
export function saveDraft(draft) {
  if (draft) {
    localStorage.setItem(DRAFT, JSON.stringify(draft));
  } else {
    localStorage.removeItem(DRAFT);
  }
}

/** Lists what can be resumed. onResume gets the draft that it belongs to, and the field. */
export function showUnfinished(section, onResume) {
  const uploads = uploader.unfinished();
  const draft = JSON.parse(localStorage.getItem(DRAFT) ?? '{}');
  section.hidden = uploads.length === 0;
  section.querySelector('ul').replaceChildren(
    ...uploads.map((upload) => {
      const percent = Math.floor((100 * upload.sent) / upload.size);
      const discard = async () => {
        await uploader.discard(upload);
        announce(`${upload.name} is discarded.`);
        showUnfinished(section, onResume);
      };
      return element(
        'li',
        { className: 'card' },
        element(
          'div',
          { className: 'what' },
          element('strong', {}, upload.name),
          element(
            'span',
            { className: 'state' },
            `${size(upload.sent)} of ${size(upload.size)} are there already. Choose the file again to resume.`,
          ),
          element('progress', {
            max: upload.size,
            value: upload.sent,
            'aria-label': `${upload.name}: ${percent} % sent`,
          }),
        ),
        element(
          'div',
          { className: 'buttons' },
          button('Resume', () => onResume(draft, upload.field), {
            className: 'primary',
            'aria-label': `Resume ${upload.name}`,
          }),
          button('Discard', discard, { 'aria-label': `Discard ${upload.name}` }),
        ),
      );
    }),
  );
}
