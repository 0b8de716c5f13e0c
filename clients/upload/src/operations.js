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
/** @typedef {{ message: string, extensions?: { code?: string } }} GraphQLError */
/** @typedef {(query: string, variables: object, signal: AbortSignal) => Promise<any>} RunOperation */

const REQUEST = 'request { url method headers { name value } }';
const UPLOAD = `token expiresAt complete uploadedByteSize partCount ${REQUEST}
  parts(first: 100, uploaded: false) { number byteOffset byteSize ${REQUEST} }`;

const START = `mutation ($input: StartFileUploadInput!) { startFileUpload(input: $input) { ${UPLOAD} } }`;
const LOOK = `query ($token: String!) { fileUpload(token: $token) { ${UPLOAD} } }`;
const ABORT = 'mutation ($token: String!) { abortFileUpload(token: $token) }';

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
}

/**
 * Runs operations at an endpoint.
 *
 * @param {string} endpoint
 * @param {() => Record<string, string>} headers asked before each request
 * @returns {RunOperation}
 */
export function graphqlOverHttp(endpoint, headers) {
  return async (query, variables, signal) => {
    const { status, text, waitSeconds } = await send({
      url: endpoint,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers() },
      body: JSON.stringify({ query, variables }),
      signal,
    });
    const answer = graphqlAnswer(text);
    if (!answer) {
      throw new UploadError(`The server answered with status ${status}.`, { temporary: mayPass(status), waitSeconds });
    }
    if (answer.errors?.length) {
      const { message, extensions } = answer.errors[0];
      const temporary = extensions?.code === 'FILE_STORE_UNAVAILABLE' || status === 429 || status >= 500;
      throw new UploadError(message, { code: extensions?.code, temporary, waitSeconds, cause: answer.errors });
    }
    return answer.data;
  };
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
