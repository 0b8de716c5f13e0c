import { ApolloClient, InMemoryCache, gql } from '@apollo/client/core';
import createUploadLink from 'apollo-upload-client/createUploadLink.mjs';
import { CREATE_PRODUCT } from '../clients/mutation.js';

// tag::apollo-3
const client = new ApolloClient({
  link: createUploadLink({ uri: '/graphql', headers: { 'Apollo-Require-Preflight': 'true' } }),
  cache: new InMemoryCache(),
});
// end::apollo-3

export async function withApollo3(file) {
  const { data } = await client.mutate({
    mutation: gql(CREATE_PRODUCT),
    variables: { product: { name: file.name, image: { file } } },
  });
  return data.createProduct;
}
