// Talks GraphQL over HTTP. XMLHttpRequest, because fetch cannot tell how far an upload has come.

/** The server's answer says no: what it said, with the place in the input if it named one. */
export class GraphQLFailure extends Error {
  constructor(errors) {
    super(errors.map((error) => error.message).join('\n'));
    this.errors = errors;
  }
}

/** Runs an operation whose variables are plain JSON. */
export async function run(query, variables = {}, onProgress = () => {}) {
  return answerOf(await send('POST', 'graphql', { 'Content-Type': 'application/json' }, JSON.stringify({ query, variables }), onProgress));
}

/**
 * Runs an operation whose variables hold File objects: a GraphQL multipart request. Each file is null in the JSON, and the map
 * says where it belongs.
 */
export async function runMultipart(query, variables, onProgress = () => {}) {
  const files = [];
  const withNulls = replaceFiles(variables, 'variables', files);
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables: withNulls }));
  form.append('map', JSON.stringify(Object.fromEntries(files.map(({ path }, i) => [i, [path]]))));
  files.forEach(({ file }, i) => form.append(String(i), file, file.name));
  // A form on another site can send multipart/form-data, but not this header.
  return answerOf(await send('POST', 'graphql', { 'GraphQL-Preflight': '1' }, form, onProgress));
}

/** Sends a file to where startFileUpload said, and returns the token for the mutation. */
export async function uploadDirectly(field, file, onProgress = () => {}) {
  const { startFileUpload } = await run(
    `mutation ($input: StartFileUploadInput!) {
      startFileUpload(input: $input) { token request { url method headers { name value } } }
    }`,
    { input: { field, fileName: file.name, mimeType: file.type || undefined, byteSize: file.size } },
  );
  const { url, method, headers } = startFileUpload.request;
  // Browsers set Content-Length themselves and let no script do it.
  const settable = headers.filter(({ name }) => name.toLowerCase() !== 'content-length');
  const { status } = await send(method, url, Object.fromEntries(settable.map(({ name, value }) => [name, value])), file, onProgress);
  if (status < 200 || status > 299) {
    throw new Error(`The upload was refused with status ${status}.`);
  }
  return startFileUpload.token;
}

function replaceFiles(value, path, files) {
  if (value instanceof File) {
    files.push({ path, file: value });
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => replaceFiles(item, `${path}.${i}`, files));
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceFiles(item, `${path}.${key}`, files)]));
  }
  return value;
}

function answerOf({ status, text }) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`The server answered with status ${status} and no JSON.`);
  }
  if (answer.errors?.length) {
    throw new GraphQLFailure(answer.errors);
  }
  if (!answer.data) {
    throw new Error(`The server answered with status ${status} and no data.`);
  }
  return answer.data;
}

function send(method, url, headers, body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    if (url === 'graphql') {
      request.setRequestHeader('Accept', 'application/graphql-response+json, application/json;q=0.9');
    }
    request.upload.addEventListener('progress', (e) => e.lengthComputable && onProgress(e.loaded, e.total));
    request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener('error', () => reject(new Error('The connection to the server failed.')));
    request.addEventListener('abort', () => reject(new Error('The upload was stopped.')));
    request.send(body);
  });
}
