// The four ways a file gets into a mutation. Each prepares a value for a StoredFileInput variable.
import { run, runMultipart, uploadDirectly } from './graphql.js';

/**
 * The keys are fields of StoredFileInput, source is the name that fileFields has for them. prepare gives the input: the field, plus the
 * file's name where the way itself does not tell it.
 */
export const WAYS = {
  base64: {
    title: 'base64',
    source: 'BASE64',
    text: 'The file travels as text inside the JSON of the mutation. For small files.',
    takes: 'file',
    prepare: async (field, file) => ({ base64: await toBase64(file), fileName: file.name }),
  },
  file: {
    title: 'Multipart',
    source: 'FILE',
    text: 'The file follows the mutation in one multipart request and streams straight into the store.',
    takes: 'file',
    prepare: async (field, file) => ({ file }),
  },
  copyURL: {
    title: 'Copy from a URL',
    source: 'COPY_URL',
    text: 'The server fetches the file itself, from public addresses only.',
    takes: 'url',
    prepare: async (field, url) => ({ copyURL: url }),
  },
  directUploadToken: {
    title: 'Direct upload',
    source: 'DIRECT_UPLOAD',
    text: 'The file goes to the store first; the mutation carries a token. For large files.',
    takes: 'file',
    prepare: async (field, file, onProgress) => ({ directUploadToken: await uploadDirectly(field, file, onProgress) }),
  },
};

/** Runs a mutation with whatever request its variables need. */
export function runWithFiles(query, variables, onProgress) {
  return hasFile(variables) ? runMultipart(query, variables, onProgress) : run(query, variables, onProgress);
}

function hasFile(value) {
  return value instanceof File || (value !== null && typeof value === 'object' && Object.values(value).some(hasFile));
}

function toBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
}
