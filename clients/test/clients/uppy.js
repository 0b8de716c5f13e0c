import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import GoldenRetriever from '@uppy/golden-retriever';
import { graphql } from './run.js';

// tag::uppy
const REQUEST = 'request { url headers { name value } }';
const PART_BYTE_SIZE = 8 * 1024 * 1024; // the server's partByteSize for files up to 80 GB

/** Answers in the place of S3, for what is no matter of the store here. */
const xml = (name, content) => ({
  url: `data:application/xml,${encodeURIComponent(`<${name}>${content}</${name}>`)}`,
});

const signed = ({ url, headers }) => ({
  url,
  headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
});

/** Options for @uppy/aws-s3 6: files of one field. The key of a file is its first token, once it has one. */
export const filesOf = (field, uppy) => ({
  shouldUseMultipart: ({ size }) => size > 2 * PART_BYTE_SIZE,
  getChunkSize: () => PART_BYTE_SIZE,
  generateObjectKey: ({ id }) => id,
  async signRequest({ method, key, uploadId, partNumber }) {
    if (!uploadId) {
      const { name, type, size } = uppy.getFile(key);
      const input = { field, fileName: name, mimeType: type, byteSize: size, inParts: method === 'POST' };
      const { startFileUpload } = await graphql(
        `mutation ($input: StartFileUploadInput!) { startFileUpload(input: $input) { token ${REQUEST} } }`,
        { input },
      );
      const { token, request } = startFileUpload;
      const answer = request ? signed(request) : xml('InitiateMultipartUploadResult', `<UploadId>${token}</UploadId>`);
      return { ...answer, key: token };
    }
    if (method === 'PUT') {
      const { fileUpload } = await graphql(
        `query ($token: String!, $after: Int) { fileUpload(token: $token) { parts(first: 1, after: $after) { ${REQUEST} } } }`,
        { token: key, after: partNumber - 1 },
      );
      return signed(fileUpload.parts[0].request);
    }
    if (method === 'GET') {
      const { fileUpload } = await graphql(
        'query ($token: String!) { fileUpload(token: $token) { parts(first: 1000, uploaded: true) { number } } }',
        { token: key },
      );
      const parts = fileUpload.parts.map(
        ({ number }) => `<Part><PartNumber>${number}</PartNumber><ETag>${number}</ETag></Part>`,
      );
      return xml('ListPartsResult', parts.join(''));
    }
    if (method === 'DELETE') {
      await graphql('mutation ($token: String!) { abortFileUpload(token: $token) }', { token: key });
      return xml('Aborted', '');
    }
    // The first token may have expired meanwhile: fileUpload still takes it, and gives a new one.
    const { fileUpload } = await graphql('query ($token: String!) { fileUpload(token: $token) { token } }', {
      token: key,
    });
    const { completeFileUpload } = await graphql(
      'mutation ($token: String!) { completeFileUpload(token: $token) { token } }',
      { token: fileUpload.token },
    );
    const { token } = completeFileUpload;
    return xml('CompleteMultipartUploadResult', `<Location>${token}</Location><Key>${token}</Key>`);
  },
});
// end::uppy

/** An Uppy that survives a reload with what it has of its files. */
export function createUppy(field, options) {
  // tag::uppy-use
  const uppy = new Uppy();
  uppy.use(AwsS3, { ...filesOf(field, uppy), ...options });
  uppy.use(GoldenRetriever, { indexedDB: { maxFileSize: 1024 ** 3, maxTotalSize: 1024 ** 3 } });
  uppy.on('upload-success', (file, { body }) => {
    const directUploadToken = body.key;
    uppy.setFileMeta(file.id, { directUploadToken });
  });
  // end::uppy-use
  return uppy;
}
