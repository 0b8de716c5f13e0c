// tag::mutation
export const CREATE_PRODUCT = `
  mutation ($product: ProductInput!) {
    createProduct(product: $product) { id image { url fileName mimeType } }
  }`;
// end::mutation
