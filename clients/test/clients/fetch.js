import { CREATE_PRODUCT } from './mutation.js';

// tag::fetch
export async function withFetch(file) {
  const body = new FormData();
  const variables = { product: { name: file.name, image: { file: null } } };
  body.append('operations', JSON.stringify({ query: CREATE_PRODUCT, variables }));
  body.append('map', JSON.stringify({ 0: ['variables.product.image.file'] }));
  body.append('0', file);
  const response = await fetch('/graphql', { method: 'POST', headers: { 'GraphQL-Preflight': '1' }, body });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data.createProduct;
}
// end::fetch
