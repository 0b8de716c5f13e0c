// What each file field accepts, as the server tells it, so that nobody sends in vain.
import { size } from './dom.js';
import { uploader } from './ways.js';
import { kinds } from './words.js';

/** "pictures up to 5 MB": what a field takes by one way. */
export function describe(rules, source) {
  const { maxByteSize } = rules.limits.find((each) => each.source === source) ?? rules;
  const count = rules.maxCount ? `, ${rules.maxCount} at most` : '';
  return `${kinds(rules.accept)} up to ${size(maxByteSize)}${count}`;
}

/** What speaks against a file; null if nothing does. The server looks closer. */
export function check(field, file, source) {
  return uploader.check(field, file, source);
}
