// Hooks for React 18 and newer.
import { useState, useSyncExternalStore } from 'react';
import { createFileField } from './field.js';

const nothing = () => () => {};

/**
 * What can be said of an upload; null without one.
 *
 * @param {import('./upload.js').Upload | null | undefined} upload
 */
export function useUpload(upload) {
  const look = () => upload?.snapshot ?? null;
  return useSyncExternalStore(upload?.subscribe ?? nothing, look, look);
}

/**
 * The files of one field of a form. Uploader, field and options are those of the first call.
 *
 * @param {import('./uploader.js').Uploader} uploader
 * @param {string} field
 * @param {{ multiple?: boolean }} [options]
 */
export function useFileField(uploader, field, options) {
  const [store] = useState(() => createFileField(uploader, field, options));
  const look = () => store.snapshot;
  const snapshot = useSyncExternalStore(store.subscribe, look, look);
  const { add, dropzone, inputs, saved } = store;
  return { ...snapshot, add, dropzone, inputs, saved };
}
