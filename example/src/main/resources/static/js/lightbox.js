// A picture as large as the window allows, over the page.
import { button, element } from './dom.js';

/**
 * Shows it. Its place has its size before it is loaded, and what the card has loaded already is seen meanwhile.
 *
 * @param file with url, width and height, and the variants thumb and page, or null where there are none
 */
export function showLarge(file, alt) {
  const dialog = document.querySelector('#lightbox');
  const { url, width, height } = file.page ?? file;
  const image = element('img', { src: url, alt, ...(width && { width, height }) });
  if (width) {
    image.style.setProperty('--width', `${width}px`);
    image.style.setProperty('--ratio', width / height);
    image.style.background = `center / 100% 100% url("${file.placeholder ?? file.thumb?.url ?? ''}")`;
    image.addEventListener('load', () => image.style.removeProperty('background'), { once: true });
  }
  const close = button('Close', () => dialog.close(), { className: 'close' });
  const original = element('a', { href: file.url, target: '_blank' }, 'Open the original');
  dialog.replaceChildren(image, element('div', { className: 'actions' }, original, close));
  dialog.setAttribute('aria-label', alt);
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  dialog.onclose = () => dialog.replaceChildren();
  dialog.showModal();
  close.focus();
}
