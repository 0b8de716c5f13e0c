import { createUploader } from 'graphql-files-upload';

const uploader = createUploader();

/** Sends a manual in parts; gives the upload, whose token is awaited elsewhere. */
export function withProgress(file, bar) {
  // tag::progress
  const upload = uploader.upload('Product.manual', file, {
    inParts: true,
    onChange: ({ sent, total }) => {
      bar.value = sent / total;
    },
  });
  // end::progress
  return upload;
}
