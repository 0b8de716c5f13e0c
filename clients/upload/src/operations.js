// The operations of the server that this module uses.
import { UploadError } from './error.js';
import { send } from './http.js';

/** @typedef {{ url: string, method: string, headers: { name: string, value: string }[] }} UploadRequest */
/** @typedef {{ number: number, byteOffset: number, byteSize: number, request: UploadRequest }} Part */
/**
 * @typedef {object} ServerUpload
 * @property {string} token
 * @property {string} expiresAt when the token and the requests end
 * @property {boolean} complete whether everything has arrived; using the token makes one file of the parts
 * @property {number} uploadedByteSize
 * @property {number | null} partCount
 * @property {UploadRequest | null} request
 * @property {Part[]} parts the first of those that are missing
 */
/** @typedef {{ message: string, extensions?: Record<string, any> }} GraphQLError */
/** @typedef {(query: string, variables: object, signal: AbortSignal) => Promise<any>} RunOperation */

const REQUEST = 'request { url method headers { name value } }';
const UPLOAD = `token expiresAt complete uploadedByteSize partCount ${REQUEST}
  parts(first: 100, uploaded: false) { number byteOffset byteSize ${REQUEST} }`;

const START = `mutation ($input: StartFileUploadInput!) { startFileUpload(input: $input) { ${UPLOAD} } }`;
const LOOK = `query ($token: String!) { fileUpload(token: $token) { ${UPLOAD} } }`;
const ABORT = 'mutation ($token: String!) { abortFileUpload(token: $token) }';
const FIELDS = '{ fileFields { field accept minByteSize maxByteSize maxCount limits { source maxByteSize } } }';

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';
/** With these, a later request may be answered otherwise. */
const PASSING = ['FILE_STORE_UNAVAILABLE', 'FILE_SERVER_BUSY'];

export class Operations {
  /** @param {RunOperation} run */
  constructor(run) {
    this.run = run;
  }

  /**
   * @param {{ field: string, fileName: string, mimeType?: string, byteSize: number, inParts?: boolean }} input
   * @param {AbortSignal} signal
   * @returns {Promise<ServerUpload>}
   */
  async start(input, signal) {
    return (await this.run(START, { input }, signal)).startFileUpload;
  }

  /**
   * @param {string} token
   * @param {AbortSignal} signal
   * @returns {Promise<ServerUpload>}
   */
  async look(token, signal) {
    return (await this.run(LOOK, { token }, signal)).fileUpload;
  }

  /**
   * @param {string} token
   * @param {AbortSignal} signal
   */
  async abort(token, signal) {
    await this.run(ABORT, { token }, signal);
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<import('./rules.js').FieldRules[]>}
   */
  async fields(signal) {
    return (await this.run(FIELDS, {}, signal)).fileFields;
  }
}

/**
 * @typedef {object} EndpointOptions
 * @property {() => Record<string, string> | Promise<Record<string, string>>} headers asked before each request
 * @property {RequestCredentials} credentials
 * @property {number} stallTimeout milliseconds
 */

/**
 * Runs operations at an endpoint.
 *
 * @param {string} endpoint
 * @param {EndpointOptions} options
 * @returns {RunOperation}
 */
export function graphqlOverHttp(endpoint, { headers, credentials, stallTimeout }) {
  return async (query, variables, signal) => {
    requireUrl(endpoint);
    const { status, text, waitSeconds, redirected } = await send({
      url: endpoint,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: ACCEPT, ...(await headers()) },
      credentials,
      body: JSON.stringify({ query, variables }),
      signal,
      stallTimeout,
    });
    const answer = graphqlAnswer(text);
    if (!answer) {
      throw new UploadError(`The server answered with status ${status}.`, {
        code: codeOf(status, redirected),
        params: { status },
        temporary: status !== 403 && mayPass(status),
        waitSeconds,
      });
    }
    if (answer.errors?.length) {
      const { message, extensions: { code, classification, ...params } = {} } = answer.errors[0];
      throw new UploadError(message, {
        // Spring for GraphQL gives no code, but a kind.
        code: code ?? (typeof classification === 'string' ? classification : 'GRAPHQL_ERROR'),
        params,
        temporary: PASSING.includes(code ?? '') || status === 429 || status >= 500,
        waitSeconds,
        cause: answer.errors,
      });
    }
    return answer.data;
  };
}

/**
 * A session that has ended is often answered by the way to a page to sign in.
 *
 * @param {number} status
 * @param {boolean} redirected
 */
function codeOf(status, redirected) {
  if (status === 401 || redirected) {
    return 'UNAUTHENTICATED';
  }
  return status === 403 ? 'FORBIDDEN' : 'SERVER_REFUSED';
}

/**
 * Without a page a path leads nowhere, which fetch tells in the words for a broken connection.
 *
 * @param {string} endpoint
 */
function requireUrl(endpoint) {
  try {
    new URL(endpoint, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    throw new UploadError(`graphql: expected a whole URL where there is no page, found "${endpoint}".`, {
      code: 'ENDPOINT_INVALID',
      params: { endpoint },
    });
  }
}

/**
 * Nothing if something else than GraphQL answers, such as a gateway or the server's page for errors: those may be JSON too.
 *
 * @param {string} text
 * @returns {{ data?: any, errors?: GraphQLError[] } | null}
 */
function graphqlAnswer(text) {
  try {
    const answer = JSON.parse(text);
    const failed = Array.isArray(answer.errors) && typeof answer.errors[0]?.message === 'string';
    return failed || (!answer.errors?.length && answer.data) ? answer : null;
  } catch {
    return null;
  }
}

/**
 * Whether a later request may be answered otherwise. 403, 404, 410 and 412 are among them for uploads: a new request
 * from the server replaces one that has expired, and what is there already need not be sent.
 *
 * @param {number} status
 */
export function mayPass(status) {
  return status >= 500 || [403, 404, 408, 409, 410, 412, 425, 429].includes(status);
}
