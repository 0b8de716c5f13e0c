// A place that takes files, without a look of its own: while files hover above it, it has the attribute data-over.

/**
 * Takes files that are dropped on an element, pasted into it, or chosen by a file input in it.
 *
 * @param {Element} element
 * @param {(files: File[]) => void} onFiles
 * @returns {() => void} ends it
 */
export function attachDropzone(element, onFiles) {
  const ending = new AbortController();
  const { signal } = ending;
  let depth = 0;
  /** @param {number} now how many elements inside are hovered above */
  const hover = (now) => {
    depth = now;
    element.toggleAttribute('data-over', depth > 0);
  };
  /**
   * @param {string} type
   * @param {(event: DragEvent, data: DataTransfer) => void} handle
   */
  const onDrag = (type, handle) => {
    /** @param {Event} event */
    const listener = (event) => {
      const drag = /** @type {DragEvent} */ (event);
      if (drag.dataTransfer?.types.includes('Files')) {
        event.preventDefault();
        handle(drag, drag.dataTransfer);
      }
    };
    element.addEventListener(type, listener, { signal });
  };
  onDrag('dragenter', () => hover(depth + 1));
  onDrag('dragleave', () => hover(depth - 1));
  onDrag('dragover', (_, data) => {
    data.dropEffect = 'copy';
  });
  onDrag('drop', (event, { files }) => {
    event.stopPropagation();
    hover(0);
    onFiles([...files]);
  });
  /** @param {Event} event */
  const paste = (event) => {
    const { clipboardData } = /** @type {ClipboardEvent} */ (event);
    if (clipboardData && clipboardData.files.length > 0) {
      event.preventDefault();
      onFiles([...clipboardData.files]);
    }
  };
  element.addEventListener('paste', paste, { signal });
  element.addEventListener(
    'change',
    ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'file') {
        const files = [...(target.files ?? [])];
        target.value = ''; // so that the same file can be chosen again
        onFiles(files);
      }
    },
    { signal },
  );
  return () => ending.abort();
}
