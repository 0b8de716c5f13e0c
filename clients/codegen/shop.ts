import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { graphql } from './generated/index.ts';

export const CreateProduct = graphql(`
  mutation CreateProduct($product: ProductInput!) {
    createProduct(product: $product) { id image { url byteSize urlExpiresAt } }
  }
`);

export const Start = graphql(`
  mutation Start($input: StartFileUploadInput!) {
    startFileUpload(input: $input) { token request { url headers { name value } } }
  }
`);

/** What it must be for tsc to let this pass. */
export function variables(name: string, image: File): VariablesOf<typeof CreateProduct> {
  return { product: { name, image: { file: image } } };
}

export function url(result: ResultOf<typeof CreateProduct>): string | undefined {
  return result.createProduct.image?.url;
}

// @ts-expect-error: an Upload is a File
variables('Cup', 'cup.png');

// @ts-expect-error: there is no such source
export const wrong: VariablesOf<typeof CreateProduct> = { product: { name: 'Cup', image: { path: '/tmp/cup.png' } } };
