import { GraphQLClient } from 'graphql-request';
import { createUploader } from 'graphql-files-upload';
import { CREATE_PRODUCT } from './mutation.js';

// tag::graphql-request
const client = new GraphQLClient(new URL('/graphql', location.href).href);
const uploader = createUploader({ graphql: '/graphql' });

export async function withGraphqlRequest(file) {
  const directUploadToken = await uploader.upload('Product.image', file).token;
  const product = { name: file.name, image: { directUploadToken } };
  return (await client.request(CREATE_PRODUCT, { product })).createProduct;
}
// end::graphql-request
