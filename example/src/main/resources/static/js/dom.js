// Small helpers for making elements and telling how a request goes. Text is always set as text, never as HTML.
import { GraphQLFailure } from './graphql.js';

/** Makes an element: properties, then children (nodes or text). */
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

/** A progress bar in place; returns what to call with (sent, total). */
export function showProgress(place, label) {
  const bar = element('progress', { 'aria-label': label });
  const text = element('div', { className: 'hint' }, label);
  place.replaceChildren(bar, text);
  return (sent, total) => {
    bar.max = total;
    bar.value = sent;
    text.textContent = sent < total ? `${size(sent)} of ${size(total)}` : 'Sent. The server is storing it…';
  };
}

export function showSuccess(place, message) {
  place.replaceChildren(element('p', { className: 'good', role: 'status' }, message));
}

/**
 * Shows what went wrong, in words. Errors that name an input (extensions.inputPath) go to the place that placeOf gives for
 * it, all others to the form's own.
 */
export function showFailure(place, failure, placeOf = () => null) {
  place.replaceChildren();
  const errors = failure instanceof GraphQLFailure ? failure.errors : [{ message: failure.message }];
  for (const { message, extensions = {} } of errors) {
    const inputPath = extensions.inputPath ?? [];
    const details = [extensions.code, inputPath.join('.')].filter(Boolean).join(' · ');
    const target = placeOf(inputPath) ?? place;
    target.append(element('div', { className: 'problem', role: 'alert' }, message, details ? element('small', {}, details) : null));
  }
}
