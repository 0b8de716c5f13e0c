// Places that files can be dropped on.

/** Calls onFiles with what is dropped on the place; while files hover above it, it has the class "over". */
export function acceptDrops(place, onFiles) {
  let depth = 0;
  const hover = (change) => {
    depth += change;
    place.classList.toggle('over', depth > 0);
  };
  const ifFiles = (handle) => (event) => {
    if (event.dataTransfer?.types.includes('Files')) {
      event.preventDefault();
      handle(event);
    }
  };
  place.addEventListener(
    'dragenter',
    ifFiles(() => hover(1)),
  );
  place.addEventListener(
    'dragleave',
    ifFiles(() => hover(-1)),
  );
  place.addEventListener(
    'dragover',
    ifFiles((event) => {
      event.dataTransfer.dropEffect = 'copy';
    }),
  );
  place.addEventListener(
    'drop',
    ifFiles((event) => {
      event.stopPropagation();
      depth = 0;
      hover(0);
      onFiles([...event.dataTransfer.files]);
    }),
  );
}

/** A file that misses its place must not replace the page. */
export function ignoreOtherDrops() {
  for (const type of ['dragover', 'drop']) {
    window.addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes('Files') && !event.defaultPrevented) {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'none';
      }
    });
  }
}

/** Calls onFiles with what is pasted: a screenshot, or files that were copied. */
export function acceptPastes(onFiles) {
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      onFiles(files);
    }
  });
}
