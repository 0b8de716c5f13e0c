import { createUploader } from 'graphql-files-upload';

// tag::translate
const MESSAGES = {
  FILE_TOO_LARGE: ({ fileName, maxByteSize }) => `${fileName}: höchstens ${Math.floor(maxByteSize / 1e6)} MB.`,
  CONNECTION_FAILED: () => 'Keine Verbindung.',
};
const uploader = createUploader({ translate: ({ code, params }) => MESSAGES[code]?.(params) });
// end::translate

/** What speaks against a picture, in words. */
export async function objectionInGerman(file) {
  return (await uploader.check('Product.image', file))?.message;
}
