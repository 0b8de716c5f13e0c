// Turns a File into a token for a GraphQL mutation. See docs/clients.md.
export { UploadError } from './error.js';
export { createUploader, Uploader } from './uploader.js';

/** @typedef {import('./upload.js').Upload} Upload */
/** @typedef {import('./upload.js').UploadState} UploadState */
/** @typedef {import('./uploader.js').UploaderOptions} UploaderOptions */
/** @typedef {import('./saved.js').SavedUpload} SavedUpload */
