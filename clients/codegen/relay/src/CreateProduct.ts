import { graphql } from 'relay-runtime';

export const createProduct = graphql`
  mutation CreateProductMutation($product: ProductInput!) {
    createProduct(product: $product) { id image { url byteSize urlExpiresAt } }
  }
`;
