// What each file field accepts, as the server tells it, so that nobody sends in vain.
import { size } from './dom.js';
import { run } from './graphql.js';

const WORDS = { 'image/*': 'pictures', 'video/*': 'videos', 'application/pdf': 'PDF files' };

/** Field -> rules. Without direct uploads the server does not offer this query, and nothing is known beforehand. */
export async function loadRules() {
  try {
    const { fileFields } = await run(
      '{ fileFields { field accept maxByteSize minByteSize maxCount limits { source maxByteSize } } }',
    );
    return new Map(fileFields.map((rules) => [rules.field, rules]));
  } catch {
    return new Map();
  }
}

/** "pictures up to 5 MB": what a field takes by one way. */
export function describe(rules, source) {
  if (!rules) {
    return '';
  }
  const count = rules.maxCount ? `, ${rules.maxCount} at most` : '';
  return `${kinds(rules)} up to ${size(limit(rules, source))}${count}`;
}

/** Why a field would not take a file, in words; null if nothing speaks against it. The server looks closer. */
export function objection(rules, file, source) {
  if (!rules) {
    return null;
  }
  // Browsers know the type by the name's ending, or not at all.
  if (file.type && !rules.accept.some((pattern) => matches(pattern, file)) && rules.accept.length) {
    return `${file.name} will not do: this field takes ${kinds(rules)}.`;
  }
  const most = limit(rules, source);
  if (file.size > most) {
    const [its, limits] =
      size(file.size) === size(most)
        ? [file.size, most].map((bytes) => `${bytes.toLocaleString('en')} bytes`)
        : [size(file.size), size(most)];
    return `${file.name} is too large: it has ${its}, and ${limits} is the most.`;
  }
  if (file.size < rules.minByteSize) {
    return `${file.name} is too small: it has ${size(file.size)}, and ${size(rules.minByteSize)} is the least.`;
  }
  return null;
}

function limit(rules, source) {
  return rules.limits.find((each) => each.source === source)?.maxByteSize ?? rules.maxByteSize;
}

function kinds({ accept }) {
  return accept.map((pattern) => WORDS[pattern] ?? pattern).join(', ') || 'files of any type';
}

/** As the accept attribute of HTML has it. */
function matches(pattern, file) {
  if (pattern.startsWith('.')) {
    return file.name.toLowerCase().endsWith(pattern.toLowerCase());
  }
  return pattern.endsWith('/*') ? file.type.startsWith(pattern.slice(0, -1)) : file.type === pattern;
}
