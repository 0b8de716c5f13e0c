import { QueryClient, QueryClientProvider, useMutation } from '@tanstack/react-query';
import { createUploader } from 'graphql-files-upload';
import { useUpload } from 'graphql-files-upload/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CREATE_PRODUCT } from './mutation.js';
import { graphql } from './run.js';

// tag::tanstack
const uploader = createUploader();

function NewProduct({ onCreated }) {
  const [upload, setUpload] = useState(null);
  const progress = useUpload(upload);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (file) => {
      const started = uploader.upload('Product.image', file);
      setUpload(started);
      const product = { name: file.name, image: { directUploadToken: await started.token } };
      return (await graphql(CREATE_PRODUCT, { product })).createProduct;
    },
    onSuccess: onCreated,
  });
  return (
    <label>
      Picture <input type="file" disabled={isPending} onChange={({ target }) => mutate(target.files[0])} />
      {progress && <progress value={progress.sent} max={progress.total} />}
      {error?.message}
    </label>
  );
}
// end::tanstack

export function mountTanstack(place, onCreated) {
  createRoot(place).render(
    <QueryClientProvider client={new QueryClient()}>
      <NewProduct onCreated={onCreated} />
    </QueryClientProvider>,
  );
}
