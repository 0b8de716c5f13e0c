// Composables for Vue 3.
import { computed, onScopeDispose, shallowRef, toValue, watchEffect } from 'vue';
import { createFileField } from './field.js';

/**
 * What can be said of an upload; null without one.
 *
 * @param {import('vue').MaybeRefOrGetter<import('./upload.js').Upload | null | undefined>} upload
 */
export function useUpload(upload) {
  const snapshot = shallowRef(toValue(upload)?.snapshot ?? null);
  watchEffect((onCleanup) => {
    const current = toValue(upload);
    const look = () => {
      snapshot.value = current?.snapshot ?? null;
    };
    look();
    if (current) {
      onCleanup(current.subscribe(look));
    }
  });
  return snapshot;
}

/**
 * The files of one field of a form.
 *
 * @param {import('./uploader.js').Uploader} uploader
 * @param {string} field
 * @param {{ multiple?: boolean }} [options]
 */
export function useFileField(uploader, field, options) {
  const store = createFileField(uploader, field, options);
  const snapshot = shallowRef(store.snapshot);
  onScopeDispose(
    store.subscribe(() => {
      snapshot.value = store.snapshot;
    }),
  );
  const { add, dropzone, inputs, saved } = store;
  return {
    files: computed(() => snapshot.value.files),
    problems: computed(() => snapshot.value.problems),
    add,
    dropzone,
    inputs,
    saved,
  };
}
