import { Client, fetchExchange } from '@urql/core';
import { CREATE_PRODUCT } from './mutation.js';

// tag::urql
const client = new Client({
  url: '/graphql',
  exchanges: [fetchExchange],
  preferGetMethod: false,
  fetchOptions: { headers: { 'GraphQL-Preflight': '1' } },
});

export async function withUrql(file) {
  const { data, error } = await client.mutation(CREATE_PRODUCT, { product: { name: file.name, image: { file } } });
  if (error) throw error;
  return data.createProduct;
}
// end::urql
