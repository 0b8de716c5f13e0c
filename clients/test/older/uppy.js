import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import GoldenRetriever from '@uppy/golden-retriever';
import { graphql } from '../clients/run.js';

// tag::uppy-5
const UPLOAD =
  'query ($token: String!, $after: Int = 0) { fileUpload(token: $token) { parts(first: 1, after: $after) { number request { url method headers { name value } } } } }';

/** Options for @uppy/aws-s3 5: files of one field, in parts. The upload's id is its first token. */
export const partsOf = (field) => ({
  shouldUseMultipart: true,
  getChunkSize: () => 8 * 1024 * 1024, // the server's partByteSize for files up to 80 GB
  async createMultipartUpload(file) {
    const { startFileUpload } = await graphql(
      'mutation ($input: StartFileUploadInput!) { startFileUpload(input: $input) { token } }',
      { input: { field, fileName: file.name, mimeType: file.type, byteSize: file.size, inParts: true } },
    );
    return { uploadId: startFileUpload.token, key: file.name };
  },
  async signPart(file, { uploadId, partNumber }) {
    const { fileUpload } = await graphql(UPLOAD, { token: uploadId, after: partNumber - 1 });
    const { url, headers } = fileUpload.parts[0].request;
    return { url, headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) };
  },
  async listParts(file, { uploadId }) {
    const { fileUpload } = await graphql(
      'query ($token: String!) { fileUpload(token: $token) { parts(first: 1000, uploaded: true) { number byteSize } } }',
      { token: uploadId },
    );
    return fileUpload.parts.map(({ number, byteSize }) => ({ PartNumber: number, Size: byteSize, ETag: `${number}` }));
  },
  async completeMultipartUpload(file, { uploadId }) {
    // The first token may have ended meanwhile: fileUpload still takes it, and gives one that is good for a while.
    const { fileUpload } = await graphql('query ($token: String!) { fileUpload(token: $token) { token } }', {
      token: uploadId,
    });
    const { completeFileUpload } = await graphql(
      'mutation ($token: String!) { completeFileUpload(token: $token) { token } }',
      { token: fileUpload.token },
    );
    return { location: completeFileUpload.token }; // in upload-success: response.uploadURL
  },
  async abortMultipartUpload(file, { uploadId }) {
    await graphql('mutation ($token: String!) { abortFileUpload(token: $token) }', { token: uploadId });
  },
});
// end::uppy-5

/** An Uppy that survives a reload with what it has of its files. */
export function createUppy5(field, options) {
  // tag::uppy-5-use
  const uppy = new Uppy()
    .use(AwsS3, { ...partsOf(field), ...options })
    .use(GoldenRetriever, { indexedDB: { maxFileSize: 1024 ** 3, maxTotalSize: 1024 ** 3 } });
  // end::uppy-5-use
  return uppy;
}
