// Turns a File into a token for a GraphQL mutation. See docs/clients.md.
export { UploadError } from './error.js';
export { createUploader, Uploader } from './uploader.js';

/** @typedef {import('./upload.js').Upload} Upload */
/** @typedef {import('./upload.js').UploadState} UploadState */
/** @typedef {import('./upload.js').UploadSnapshot} UploadSnapshot */
/** @typedef {import('./uploader.js').UploaderOptions} UploaderOptions */
/** @typedef {import('./uploader.js').UploadOptions} UploadOptions */
/** @typedef {import('./rules.js').FieldRules} FieldRules */
/** @typedef {import('./saved.js').SavedUpload} SavedUpload */
