// Talks GraphQL over HTTP. XMLHttpRequest, because fetch cannot tell how far an upload has come.

const TIMEOUT = 30_000;

/** The server's answer says no: what it said, with the place in the input if it named one. */
export class GraphQLFailure extends Error {
  constructor(errors) {
    super(errors.map((error) => error.message).join('\n'));
    this.errors = errors;
  }
}

/** Runs an operation. Variables that hold File objects make it a GraphQL multipart request. */
export async function run(query, variables = {}, onProgress = () => {}) {
  const files = [];
  const plain = takeFiles(variables, 'variables', files);
  if (files.length === 0) {
    return send({ 'Content-Type': 'application/json' }, JSON.stringify({ query, variables }), onProgress);
  }
  // Each file is null in the JSON, and the map says where it belongs.
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables: plain }));
  form.append('map', JSON.stringify(Object.fromEntries(files.map(({ path }, i) => [i, [path]]))));
  for (const [i, { file }] of files.entries()) {
    form.append(String(i), file, file.name);
  }
  // A form on another site can send multipart/form-data, but not this header.
  return send({ 'GraphQL-Preflight': '1' }, form, onProgress);
}

function takeFiles(value, path, files) {
  if (value instanceof File) {
    files.push({ path, file: value });
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => takeFiles(item, `${path}.${i}`, files));
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, takeFiles(item, `${path}.${key}`, files)]),
    );
  }
  return value;
}

function failed(message, code) {
  return Object.assign(new Error(message), { code });
}

function send(headers, body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', 'graphql');
    request.setRequestHeader('Accept', 'application/graphql-response+json, application/json;q=0.9');
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', (e) => e.lengthComputable && onProgress(e.loaded, e.total));
    request.addEventListener('load', () => {
      try {
        resolve(answerOf(request.status, request.responseText));
      } catch (failure) {
        reject(failure);
      }
    });
    request.addEventListener('error', () =>
      reject(failed('The connection to the server failed.', 'CONNECTION_FAILED')),
    );
    request.addEventListener('timeout', () => reject(failed('The server does not answer.', 'CONNECTION_STALLED')));
    if (typeof body === 'string') {
      request.timeout = TIMEOUT; // a form with files may take as long as it takes
    }
    request.send(body);
  });
}

function answerOf(status, text) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw failed(`The server answered with status ${status}.`, status === 401 ? 'UNAUTHENTICATED' : 'SERVER_REFUSED');
  }
  if (answer.errors?.length) {
    throw new GraphQLFailure(answer.errors);
  }
  if (!answer.data) {
    throw failed(`The server answered with status ${status}.`, 'SERVER_REFUSED');
  }
  return answer.data;
}
