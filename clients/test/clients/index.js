// Everything that runs in the browser, as one bundle.
import { createUppy5 } from '../older/uppy.js';
import { withApollo3 } from '../older/apollo.js';
import { withApollo } from './apollo.js';
import { withFetch } from './fetch.js';
import { createFilePond } from './filepond.js';
import { withGraphqlRequest } from './graphql-request.js';
import { withProgress } from './progress.js';
import { withRelay } from './relay.js';
import { mountTanstack } from './tanstack.jsx';
import { createUppyTus, sendByTus } from './tus.js';
import { objectionInGerman } from './translate.js';
import { createUppy } from './uppy.js';
import { withUrql } from './urql.js';

Object.assign(window, {
  createFilePond,
  createUppy,
  createUppy5,
  createUppyTus,
  mountTanstack,
  objectionInGerman,
  sendByTus,
  withApollo,
  withApollo3,
  withFetch,
  withGraphqlRequest,
  withProgress,
  withRelay,
  withUrql,
});
