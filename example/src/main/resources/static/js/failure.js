// Says what went wrong, next to what it is about.
import { element } from './dom.js';
import { GraphQLFailure } from './graphql.js';

export function problem(message, code) {
  return element('p', { className: 'problem' }, message, code ? element('small', {}, code) : null);
}

/**
 * Shows what went wrong, in words. Errors that name an input (extensions.inputPath) go to the place that placeOf gives for
 * it, all others to the general place.
 */
export function showFailure(place, failure, placeOf = () => undefined) {
  place.replaceChildren();
  const errors =
    failure instanceof GraphQLFailure
      ? failure.errors
      : [{ message: failure.message, extensions: { code: failure.code } }];
  for (const { message, extensions = {} } of errors) {
    const target = placeOf(extensions.inputPath ?? []) ?? place;
    target.append(problem(message, extensions.code));
  }
}
