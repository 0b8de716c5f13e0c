import type { CreateProductMutation } from './__generated__/CreateProductMutation.graphql.ts';

/** What it must be for tsc to let this pass. */
export function variables(name: string, image: File): CreateProductMutation['variables'] {
  return { product: { name, image: { file: image } } };
}

export function url({ createProduct }: CreateProductMutation['response']): string | undefined {
  return createProduct.image?.url;
}

// @ts-expect-error: an Upload is a File
variables('Cup', 'cup.png');
