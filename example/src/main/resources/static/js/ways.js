// The ways in which a chosen file gets into a mutation. Web addresses (copyURL) have an input of their own in each field.
import { UploadError, createUploader } from '../upload/index.js';

export const uploader = createUploader({ graphql: 'graphql' });

/** Keys are fields of StoredFileInput; source is the name that fileFields has for them. */
export const WAYS = {
  directUploadToken: { label: 'Straight to the store', source: 'DIRECT_UPLOAD' },
  file: { label: 'In a multipart request', source: 'FILE' },
  base64: { label: 'In the JSON, as base64', source: 'BASE64' },
};

/** Gives the value for a StoredFileInput variable once a file is ready to go with the mutation. */
export async function inputFor(way, file, upload) {
  switch (way) {
    case 'directUploadToken':
      return { directUploadToken: await upload.token };
    case 'base64':
      return { base64: await toBase64(file), fileName: file.name };
    default:
      return { file };
  }
}

function toBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.slice(reader.result.indexOf(',') + 1)));
    reader.addEventListener('error', () =>
      reject(
        new UploadError(`${file.name} cannot be read.`, { code: 'FILE_UNREADABLE', params: { fileName: file.name } }),
      ),
    );
    reader.readAsDataURL(file);
  });
}
