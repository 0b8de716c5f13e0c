// The application's own mutation, by whatever GraphQL client it has.
export async function createProduct(gallery) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($product: ProductInput!) { createProduct(product: $product) { id } }',
      variables: { product: { name: 'From an example', gallery } },
    }),
  });
  const { errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
}
