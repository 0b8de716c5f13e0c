// Everything that runs in the browser, as one bundle.
import { withApollo } from './apollo.js';
import { withFetch } from './fetch.js';
import { withGraphqlRequest } from './graphql-request.js';
import { withProgress } from './progress.js';
import { objectionInGerman } from './translate.js';
import { createUppy } from './uppy.js';
import { withUrql } from './urql.js';

Object.assign(window, {
  withApollo,
  withFetch,
  withGraphqlRequest,
  withProgress,
  withUrql,
  createUppy,
  objectionInGerman,
});
