import { createUploader } from 'graphql-files-upload';
import { useFileField } from 'graphql-files-upload/react';
import { createProduct } from '../create-product.js';

// tag::react
const uploader = createUploader();

export function Gallery() {
  const { files, problems, dropzone, inputs, saved } = useFileField(uploader, 'Product.gallery', { multiple: true });
  const save = () => inputs().then(createProduct).then(saved, ({ message }) => alert(message));
  return (
    <form onSubmit={(event) => (event.preventDefault(), save())}>
      <label ref={dropzone}>Drop pictures here or <input type="file" multiple accept="image/*" /></label>
      {files.map(({ id, name, state, sent, total, error, toggle, remove }) => (
        <p key={id}>{name} <progress value={sent} max={total} /> {error?.message}
          <button type="button" onClick={toggle} hidden={state === 'done'}>{state === 'sending' ? 'Pause' : 'Resume'}</button>
          <button type="button" onClick={remove}>Remove</button></p>
      ))}
      <p role="alert">{problems.map(({ message }) => message).join(' ')}</p><button>Save</button>
    </form>);
}
// end::react
