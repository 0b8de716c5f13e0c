import { Environment, Network, RecordSource, Store, commitMutation } from 'relay-runtime';
import { CREATE_PRODUCT } from './mutation.js';

// tag::relay
/** The keys of uploadables are the places of files in the variables, where the mutation has null. */
async function fetchOperation({ text: query }, variables, cacheConfig, uploadables) {
  const operation = JSON.stringify({ query, variables });
  if (!uploadables) {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/graphql', { method: 'POST', headers, body: operation })).json();
  }
  const body = new FormData();
  body.append('operations', operation);
  body.append('map', JSON.stringify(Object.fromEntries(Object.keys(uploadables).map((place) => [place, [place]]))));
  for (const [place, file] of Object.entries(uploadables)) {
    body.append(place, file);
  }
  return (await fetch('/graphql', { method: 'POST', headers: { 'GraphQL-Preflight': '1' }, body })).json();
}
const environment = new Environment({ network: Network.create(fetchOperation), store: new Store(new RecordSource()) });
// end::relay

/** What relay-compiler makes of the mutation. */
const selections = [
  {
    alias: null,
    args: [{ kind: 'Variable', name: 'product', variableName: 'product' }],
    concreteType: 'Product',
    kind: 'LinkedField',
    name: 'createProduct',
    plural: false,
    selections: [
      scalar('id'),
      {
        alias: null,
        args: null,
        concreteType: 'StoredFile',
        kind: 'LinkedField',
        name: 'image',
        plural: false,
        selections: [scalar('url'), scalar('fileName'), scalar('mimeType')],
        storageKey: null,
      },
    ],
    storageKey: null,
  },
];
const argumentDefinitions = [{ defaultValue: null, kind: 'LocalArgument', name: 'product' }];
const MUTATION = {
  fragment: { argumentDefinitions, kind: 'Fragment', metadata: null, name: 'M', selections, type: 'Mutation' },
  kind: 'Request',
  operation: { argumentDefinitions, kind: 'Operation', name: 'M', selections },
  params: { cacheID: 'm', id: null, metadata: {}, name: 'M', operationKind: 'mutation', text: CREATE_PRODUCT },
};

function scalar(name) {
  return { alias: null, args: null, kind: 'ScalarField', name, storageKey: null };
}

export async function withRelay(file) {
  const { createProduct } = await new Promise((onCompleted, onError) => {
    // tag::relay-use
    commitMutation(environment, {
      mutation: MUTATION,
      variables: { product: { name: file.name, image: { file: null } } },
      uploadables: { 'variables.product.image.file': file },
      onCompleted,
      onError,
    });
    // end::relay-use
  });
  return createProduct;
}
