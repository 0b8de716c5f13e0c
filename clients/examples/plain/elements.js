// What a page without a framework has anyway.
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(Boolean));
  return made;
}

export function button(text, onclick) {
  return element('button', { type: 'button', onclick }, text);
}
