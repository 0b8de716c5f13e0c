import { ApolloClient, InMemoryCache, gql } from '@apollo/client';
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs';
import { CREATE_PRODUCT } from './mutation.js';

// tag::apollo
const client = new ApolloClient({
  link: new UploadHttpLink({ uri: '/graphql', headers: { 'Apollo-Require-Preflight': 'true' } }),
  cache: new InMemoryCache(),
});

export async function withApollo(file) {
  const { data } = await client.mutate({
    mutation: gql(CREATE_PRODUCT),
    variables: { product: { name: file.name, image: { file } } },
  });
  return data.createProduct;
}
// end::apollo
