// What is said to people of an error: by its code and parameters, which the server and the upload module give. Codes are
// for programs, and people never see one.
import { size } from './dom.js';

const KINDS = { 'image/*': 'pictures', 'video/*': 'videos', 'audio/*': 'sound', 'application/pdf': 'PDF files' };

const SIGNED_OUT = 'You are signed out. Sign in again, then try again: nothing that you have sent is lost.';
const AGAIN = 'The server could not do this right now. Try again in a moment.';
const RELOAD = 'Somebody else has changed this meanwhile. Reload the page, and try again.';

const SENTENCES = {
  ABORTED: 'The upload was removed.',
  CONNECTION_FAILED: 'The server cannot be reached. Check your connection.',
  CONNECTION_STALLED: 'The server does not answer.',
  FILE_CONFLICT: RELOAD,
  FILE_RECORD_NOT_FOUND: RELOAD,
  FILE_QUOTA_EXCEEDED: 'There is no room left for this. Delete something, or ask for more.',
  FILE_FORBIDDEN: 'You may not do this.',
  FORBIDDEN: 'You may not do this.',
  FILE_CHECK_FAILED: AGAIN,
  FILE_SERVER_BUSY: AGAIN,
  FILE_STORE_UNAVAILABLE: AGAIN,
  FILE_TOKEN_EXPIRED: 'It is too long ago that this was sent. Remove it, and choose it again.',
  FILE_TOKEN_INVALID: 'The server no longer has this. Remove it, and choose it again.',
  FILE_UPLOAD_INCOMPLETE: 'Not all of this has arrived. Remove it, and choose it again.',
  FILE_UNAUTHENTICATED: SIGNED_OUT,
  FILE_URL_FORBIDDEN: 'The server does not copy files from this address.',
  FILE_URL_UNREACHABLE: 'No file could be read at this address.',
  STORE_REFUSED: 'The store has refused the file.',
  UNAUTHENTICATED: SIGNED_OUT,
  UNAUTHORIZED: SIGNED_OUT,
};

const KIND = /^(image|video|audio)\//;

/** "pictures, PDF files": what patterns of accept stand for, in short. */
export function kinds(accept) {
  const named = accept.map((pattern) => KINDS[pattern.replace(/^(image|video|audio)\/.*/, '$1/*')] ?? pattern);
  return [...new Set(named)].join(', ') || 'files of any type';
}

/** The same, where a file of that type was refused: a picture that is none of those is told which these are. */
function kindsFor(mimeType, accept) {
  const [kind] = KIND.exec(mimeType) ?? [];
  const same = kind ? accept.filter((pattern) => pattern.startsWith(kind)) : [];
  return same.length ? same.map((pattern) => pattern.slice(kind.length).toUpperCase()).join(', ') : kinds(accept);
}

/** An UploadError, or an error of a GraphQL answer, in words for people. */
export function words({ message, code, params, extensions }) {
  const facts = params ?? extensions ?? {};
  const name = facts.fileName ?? 'The file';
  switch (code ?? extensions?.code ?? extensions?.classification) {
    case 'FILE_TYPE_NOT_ACCEPTED':
      return `${name} cannot be used here: it is ${facts.mimeType}, and this field takes ${kindsFor(facts.mimeType, facts.accept)}.`;
    case 'FILE_TOO_LARGE':
      return tooLarge(name, facts);
    case 'FILE_INVALID':
      return facts.minByteSize
        ? `${name} is too small: it has ${size(facts.byteSize)}, and ${size(facts.minByteSize)} is the least.`
        : message;
    case 'FILE_EMPTY':
      return `${name} is empty.`;
    case 'FILE_UNREADABLE':
      return `${name} cannot be read: it is a folder, or was changed or deleted since you chose it.`;
    case 'FILE_COUNT_EXCEEDED':
      return `These are too many files at once: ${facts.maxCount} is the most.`;
    default:
      return SENTENCES[code ?? extensions?.code ?? extensions?.classification] ?? message;
  }
}

function tooLarge(name, { byteSize, maxByteSize }) {
  if (byteSize === undefined) {
    return `${name} is too large: ${size(maxByteSize)} is the most.`;
  }
  // Where both round to the same, every byte counts.
  const exactly = size(byteSize) === size(maxByteSize);
  const [its, most] = [byteSize, maxByteSize].map((bytes) =>
    exactly ? `${bytes.toLocaleString('en')} bytes` : size(bytes),
  );
  return `${name} is too large: it has ${its}, and ${most} is the most.`;
}
