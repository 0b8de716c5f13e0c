// What each file field accepts, as the server tells it, so that a file picker offers only what fits.
import { run } from './graphql.js';
import { size } from './dom.js';

/** Field -> rules. Without direct uploads the server does not offer this query, and nothing is known beforehand. */
export async function loadRules() {
  try {
    const { fileFields } = await run('{ fileFields { field accept maxByteSize maxCount } }');
    return new Map(fileFields.map((rules) => [rules.field, rules]));
  } catch {
    return new Map();
  }
}

/** "image/*, up to 5 MB". */
export function describe(rules) {
  if (!rules) {
    return '';
  }
  const parts = [rules.accept?.length ? rules.accept.join(', ') : 'any type'];
  if (rules.maxByteSize) {
    parts.push(`up to ${size(rules.maxByteSize)}`);
  }
  if (rules.maxCount > 1) {
    parts.push(`at most ${rules.maxCount} files`);
  }
  return parts.join(', ');
}
