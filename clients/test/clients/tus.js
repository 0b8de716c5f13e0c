import Uppy from '@uppy/core';
import GoldenRetriever from '@uppy/golden-retriever';
import Tus from '@uppy/tus';
import { Upload } from 'tus-js-client';
import { graphql } from './run.js';

// tag::tus
/** Sends a file, or the rest of it if an earlier attempt broke off, and gives its token for the mutation. */
export async function sendByTus(field, file, options) {
  const query = 'query ($field: String!) { tusEndpoint(field: $field) { url } }';
  const { tusEndpoint } = await graphql(query, { field });
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: tusEndpoint.url,
      metadata: { filename: file.name, filetype: file.type },
      // The endpoint, which tus-js-client would put into it, is another one each time.
      fingerprint: () => Promise.resolve(`${field} ${file.name} ${file.type} ${file.size} ${file.lastModified}`),
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('Graphql-Files-Token')),
      onError: reject,
      removeFingerprintOnSuccess: true,
      ...options,
    });
    upload.findPreviousUploads().then(([earlier]) => {
      if (earlier) upload.resumeFromPreviousUpload(earlier);
      upload.start();
    }, reject);
  });
}
// end::tus

/** An Uppy that survives a reload with what it has of its files. */
export async function createUppyTus(field, options) {
  // tag::uppy-tus
  const query = 'query ($field: String!) { tusEndpoint(field: $field) { url } }';
  const { tusEndpoint } = await graphql(query, { field });
  const uppy = new Uppy();
  uppy.use(Tus, { endpoint: tusEndpoint.url, removeFingerprintOnSuccess: true, ...options });
  uppy.use(GoldenRetriever, { indexedDB: { maxFileSize: 1024 ** 3, maxTotalSize: 1024 ** 3 } });
  uppy.on('upload-success', (file, { body }) => {
    const directUploadToken = body.xhr.getResponseHeader('Graphql-Files-Token');
    uppy.setFileMeta(file.id, { directUploadToken });
  });
  // end::uppy-tus
  return uppy;
}
