// Small helpers for making elements. Text is always set as text, never as HTML.

/** Makes an element: properties or attributes, then children (nodes or text; null for none). */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) {
      made[key] = value;
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that does something other than send its form. */
export function button(text, onClick, properties = {}) {
  const made = element('button', { type: 'button', ...properties }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** Makes these the children, and leaves alone those that are in their place: moving an element takes the focus from it. */
export function setChildren(parent, children) {
  const stay = new Set(children);
  for (const child of [...parent.children].filter((each) => !stay.has(each))) {
    child.remove();
  }
  children.forEach((child, i) => {
    if (parent.children[i] !== child) {
      parent.insertBefore(child, parent.children[i] ?? null);
    }
  });
}

/** 1536 -> "1.5 KB". */
export function size(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} ${units[unit]}`;
}

/** Tells those who do not see the page what has happened. */
export function announce(text) {
  document.querySelector('#announcer').textContent = text;
}

/** Asks before something that cannot be undone. */
export function confirm(text, yes) {
  const dialog = document.querySelector('#question');
  dialog.querySelector('p').textContent = text;
  dialog.querySelector('[value=yes]').textContent = yes;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
