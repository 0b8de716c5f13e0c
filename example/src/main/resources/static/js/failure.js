// Says what went wrong, next to what it is about.
import { element } from './dom.js';
import { GraphQLFailure } from './graphql.js';
import { words } from './words.js';

export function problem(text) {
  return element('p', { className: 'problem' }, text);
}

/**
 * Shows what went wrong, in words. Errors go to the place that placeOf gives for them, such as the field that their
 * inputPath names, all others to the general place.
 */
export function showFailure(place, failure, placeOf = () => undefined) {
  place.replaceChildren();
  const errors = failure instanceof GraphQLFailure ? failure.errors : [failure];
  for (const error of errors) {
    (placeOf(error) ?? place).append(problem(words(error)));
  }
}
