// What each file field accepts, as the server tells it, so that a file picker offers only what fits.
import { run } from './graphql.js';
import { size } from './dom.js';

/** Field -> rules. Without direct uploads the server does not offer this query, and nothing is known beforehand. */
export async function loadRules() {
  try {
    const { fileFields } = await run('{ fileFields { field accept maxCount limits { source maxByteSize } } }');
    return new Map(fileFields.map((rules) => [rules.field, rules]));
  } catch {
    return new Map();
  }
}

/** "image/*, up to 5 MB": what a field takes by one way, or by no way in particular. */
export function describe(rules, source) {
  if (!rules) {
    return '';
  }
  const parts = [rules.accept.length ? rules.accept.join(', ') : 'any type'];
  const limit = rules.limits.find((each) => each.source === source);
  if (limit) {
    parts.push(`up to ${size(limit.maxByteSize)}`);
  }
  if (rules.maxCount) {
    parts.push(`at most ${rules.maxCount} files`);
  }
  return parts.join(', ');
}
