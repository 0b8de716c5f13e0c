import * as FilePond from 'filepond';
import { createUploader } from 'graphql-files-upload';
import { graphql } from './run.js';

// tag::filepond
const uploader = createUploader();

/** For the option `server` of FilePond; its option `name` is the field. The `serverId` of a file is its token. */
const server = {
  process(field, file, metadata, load, error, progress, abort) {
    const upload = uploader.upload(field, file, { onChange: ({ sent, total }) => progress(true, sent, total) });
    upload.token.then(load, ({ code, message }) => code !== 'ABORTED' && error(message));
    return {
      abort() {
        upload.abort();
        abort();
      },
    };
  },
  revert(token, load, error) {
    const abort = 'mutation ($token: String!) { abortFileUpload(token: $token) }';
    graphql(abort, { token }).then(load, ({ message }) => error(message));
  },
};
// end::filepond

/** A FilePond in the place of a file input. */
export function createFilePond(input) {
  // tag::filepond-use
  const pond = FilePond.create(input, {
    server,
    name: 'Product.gallery',
    allowMultiple: true,
    labelFileProcessingError: ({ body }) => body,
  });
  // end::filepond-use
  return pond;
}
