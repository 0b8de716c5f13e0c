// graphql-files-upload in Node.js, against the example through a network that fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UploadError, createUploader } from 'graphql-files-upload';
import { assertServed, createWithToken, graphql, manual, manualBytes, picture, server } from './support/catalogue.js';
import { startFaultyProxy } from './support/faulty-proxy.js';

const MB = 1024 * 1024;

function memory() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value) };
}

function uploaderAt(url, options) {
  return createUploader({ graphql: `${url}/graphql`, delay: () => 1, storage: memory(), ...options });
}

/** Runs a test with a proxy whose faults are told by the method and the part (null for no part). */
async function withFaults(fault, work) {
  const seen = [];
  const proxy = await startFaultyProxy(server, (incoming) => {
    const part = new URL(incoming.url, server).searchParams.get('part');
    const nth = seen.filter((each) => each === `${incoming.method} ${part}`).length + 1;
    seen.push(`${incoming.method} ${part}`);
    return fault({ method: incoming.method, part: part && Number(part), nth });
  });
  try {
    await work(proxy.url, seen);
  } finally {
    await proxy.stop();
  }
}

const sends = (seen) => seen.filter((each) => each.startsWith('PUT'));

test('a small file goes in one request, and its token makes a file', async () => {
  const file = await picture();
  const states = [];
  const upload = uploaderAt(server).upload('Product.image', file, {
    onChange: ({ state, sent }) => states.push([state, sent]),
  });
  const product = await createWithToken('image', await upload.token);
  await assertServed(product.image, file);
  assert.deepEqual(states.at(-1), ['done', file.size]);
});

test('an empty file is no trouble', async () => {
  const upload = uploaderAt(server).upload('Product.attachment', new File([], 'empty.txt', { type: 'text/plain' }), {
    inParts: true,
  });
  const { attachment } = await createWithToken('attachment', await upload.token);
  assert.equal(attachment.byteSize, 0);
});

test('parts are sent at once, and progress only grows', async () => {
  await withFaults(
    () => undefined,
    async (url, seen) => {
      const file = manual(20 * MB + 17);
      const progress = [];
      const upload = uploaderAt(url).upload('Product.manual', file, {
        inParts: true,
        onChange: ({ sent }) => progress.push(sent),
      });
      const { manual: stored } = await createWithToken('manual', await upload.token);
      await assertServed(stored, file);
      assert.deepEqual(sends(seen).sort(), ['PUT 1', 'PUT 2', 'PUT 3']);
      assert.deepEqual(
        progress,
        [...progress].sort((a, b) => a - b),
      );
      assert.equal(progress.at(-1), file.size);
    },
  );
});

test('broken connections and refusals that pass are tried again, what has arrived is not sent again', async () => {
  const faults = ({ part, nth }) => ({ '1 1': 'cut', '2 1': 503, '2 2': 'lose answer' })[`${part} ${nth}`];
  await withFaults(faults, async (url, seen) => {
    const file = manual(20 * MB);
    const upload = uploaderAt(url).upload('Product.manual', file, { inParts: true });
    const { manual: stored } = await createWithToken('manual', await upload.token);
    await assertServed(stored, file);
    assert.deepEqual(sends(seen).sort(), ['PUT 1', 'PUT 1', 'PUT 2', 'PUT 2', 'PUT 3']);
  });
});

for (const body of ['<Error><Code>RequestTimeout</Code></Error>', '<Error><Code>ExpiredToken</Code></Error>', '']) {
  test(`a store's 400 with ${body || 'nothing'} is tried again with a new request`, async () => {
    for (const inParts of [false, true]) {
      const faults = ({ method, nth }) => (method === 'PUT' && nth === 1 ? { status: 400, body } : undefined);
      await withFaults(faults, async (url, seen) => {
        const file = manual(1 * MB);
        const upload = uploaderAt(url).upload('Product.manual', file, { inParts });
        const { manual: stored } = await createWithToken('manual', await upload.token);
        await assertServed(stored, file);
        const part = inParts ? 1 : null;
        assert.deepEqual(seen.slice(0, 4), ['POST null', `PUT ${part}`, 'POST null', `PUT ${part}`]);
      });
    }
  });
}

test('a 400 for any other reason is final, and one that does not end too', async () => {
  for (const [body, attempts] of [
    ['<Error><Code>InvalidArgument</Code></Error>', 1],
    ['', 3],
  ]) {
    await withFaults(
      ({ method }) => (method === 'PUT' ? { status: 400, body } : undefined),
      async (url, seen) => {
        const upload = uploaderAt(url, { retries: 2 }).upload('Product.manual', manual(1 * MB), { inParts: true });
        await assert.rejects(upload.token, /status 400/);
        assert.equal(sends(seen).length, attempts);
      },
    );
  }
});

test('operations that fail are tried again', async () => {
  let failures = 0;
  const faults = ({ method }) => (method === 'POST' && failures++ < 2 ? 502 : undefined);
  await withFaults(faults, async (url) => {
    const file = await picture();
    const { image } = await createWithToken('image', await uploaderAt(url).upload('Product.image', file).token);
    await assertServed(image, file);
  });
});

for (const [status, body] of [
  [503, '{"timestamp":"2026-11-21T10:20:30Z","status":503,"error":"Service Unavailable","path":"/graphql"}'],
  [429, '{"message":"Too Many Requests"}'],
  [502, 'null'],
  [500, '{"errors":["down"]}'],
  [429, '{"errors":[{"message":"Slow down."}]}'],
]) {
  test(`status ${status} with ${body} is tried again`, async () => {
    const faults = ({ method, nth }) => (method === 'POST' && nth < 3 ? { status, body } : undefined);
    await withFaults(faults, async (url) => {
      const file = await picture();
      const { image } = await createWithToken('image', await uploaderAt(url).upload('Product.image', file).token);
      await assertServed(image, file);
    });
  });
}

test('an answer that is no GraphQL is told as an UploadError', async () => {
  for (const [status, body] of [
    [400, '{"status":400}'],
    [200, 'null'],
    [200, '{"data":null}'],
    [403, '"Not you."'],
  ]) {
    await withFaults(
      () => ({ status, body }),
      async (url, seen) => {
        const upload = uploaderAt(url).upload('Product.image', await picture());
        await assert.rejects(
          upload.token,
          (e) => e instanceof UploadError && !e.temporary && e.message.includes(`${status}`),
        );
        assert.equal(seen.length, 1);
      },
    );
  }
});

test('a server that stays away is given up, and a later upload goes on', async () => {
  let away = true;
  const faults = ({ part }) => (away && part > 1 ? 'cut' : undefined);
  await withFaults(faults, async (url, seen) => {
    const uploader = uploaderAt(url, { retries: 2 });
    const file = manual(20 * MB);
    const first = uploader.upload('Product.manual', file, { inParts: true });
    await assert.rejects(first.token, (e) => e instanceof UploadError && e.temporary);
    assert.equal(first.state, 'failed');
    away = false;
    const second = uploader.upload('Product.manual', file);
    const { manual: stored } = await createWithToken('manual', await second.token);
    await assertServed(stored, file);
    assert.equal(sends(seen).filter((each) => each === 'PUT 1').length, 1);
  });
});

test('another uploader with the same storage goes on, as after a reload', async () => {
  const storage = memory();
  const file = manual(20 * MB);
  await withFaults(
    ({ part }) => (part === 3 ? new Promise(() => {}) : undefined),
    async (url) => {
      const before = uploaderAt(url, { storage });
      const abandoned = before.upload('Product.manual', file, { inParts: true });
      await new Promise((resolve) => {
        abandoned.subscribe(() => abandoned.sent >= 16 * MB && resolve());
      });
      abandoned.pause();
    },
  );
  await withFaults(
    () => undefined,
    async (url, seen) => {
      const after = uploaderAt(url, { storage });
      const [{ name, size, sent }] = after.unfinished();
      assert.deepEqual([name, size, sent], ['manual.pdf', 20 * MB, 16 * MB]);
      const { manual: stored } = await createWithToken('manual', await after.upload('Product.manual', file).token);
      await assertServed(stored, file);
      assert.deepEqual(sends(seen), ['PUT 3']);
      after.forget('Product.manual', file);
      assert.deepEqual(after.unfinished(), []);
    },
  );
});

test('a paused upload sends nothing until it is resumed', async () => {
  const reached = gate();
  const faults = ({ part, nth }) => {
    if (part === 2 && nth === 1) {
      reached.resolve();
      return new Promise(() => {});
    }
    return undefined;
  };
  await withFaults(faults, async (url, seen) => {
    const file = manual(20 * MB);
    const upload = uploaderAt(url, { concurrency: 1 }).upload('Product.manual', file, { inParts: true });
    await reached.promise;
    upload.pause();
    assert.equal(upload.state, 'paused');
    const sentSoFar = sends(seen).length;
    await graphql('{ __typename }');
    assert.equal(sends(seen).length, sentSoFar);
    upload.resume();
    const { manual: stored } = await createWithToken('manual', await upload.token);
    await assertServed(stored, file);
    assert.deepEqual(sends(seen), ['PUT 1', 'PUT 2', 'PUT 2', 'PUT 3']);
  });
});

test('an aborted upload leaves nothing to go on with, on either side', async () => {
  const reached = gate();
  let token;
  const faults = ({ part }) => {
    if (part === 2) {
      reached.resolve();
      return new Promise(() => {});
    }
    return undefined;
  };
  await withFaults(faults, async (url) => {
    const storage = memory();
    const uploader = uploaderAt(url, { storage, concurrency: 1 });
    const upload = uploader.upload('Product.manual', manual(20 * MB), { inParts: true });
    await reached.promise;
    [{ token }] = uploader.unfinished();
    await upload.abort();
    await assert.rejects(upload.token, { code: 'ABORTED' });
    assert.deepEqual(uploader.unfinished(), []);
  });
  await assert.rejects(graphql('query ($token: String!) { fileUpload(token: $token) { complete } }', { token }), {
    code: 'FILE_UPLOAD_INCOMPLETE',
  });
});

test('an upload that is aborted while it starts is given up at the server when it has started', async () => {
  const asked = gate();
  const started = gate();
  let token;
  const run = async (query, variables) => {
    asked.resolve();
    const data = await graphql(query, variables);
    if (data.startFileUpload) {
      token = data.startFileUpload.token;
      await started.promise;
    }
    return data;
  };
  const uploader = createUploader({ graphql: run, storage: memory() });
  const upload = uploader.upload('Product.manual', manual(9 * MB), { inParts: true });
  await asked.promise;
  const aborted = upload.abort();
  started.resolve();
  await aborted;
  await assert.rejects(upload.token, { code: 'ABORTED' });
  assert.deepEqual(uploader.unfinished(), []);
  await assert.rejects(graphql('query ($token: String!) { fileUpload(token: $token) { complete } }', { token }), {
    code: 'FILE_UPLOAD_INCOMPLETE',
  });
});

for (const [what, storage] of [
  [
    'is forbidden',
    {
      getItem() {
        throw new Error('denied');
      },
      setItem() {
        throw new Error('denied');
      },
    },
  ],
  [
    'is full',
    {
      getItem: () => null,
      setItem() {
        throw new Error('full');
      },
    },
  ],
  ['holds something else', { getItem: () => '[null, 1, {"startedAt": "x"}]', setItem() {} }],
]) {
  test(`storage that ${what} is no trouble`, async () => {
    const file = manual(9 * MB);
    const uploader = uploaderAt(server, { storage });
    assert.deepEqual(uploader.unfinished(), []);
    const { manual: stored } = await createWithToken(
      'manual',
      await uploader.upload('Product.manual', file, { inParts: true }).token,
    );
    await assertServed(stored, file);
    uploader.forget('Product.manual', file);
  });
}

test('a refusal by the rules of the field is told at once, with its code', async () => {
  await withFaults(
    () => undefined,
    async (url, seen) => {
      const upload = uploaderAt(url).upload('Product.image', manual(1024));
      await assert.rejects(upload.token, (e) => e.code === 'FILE_TYPE_NOT_ACCEPTED' && /image/.test(e.message));
      assert.equal(seen.length, 1);
    },
  );
});

test('a saved upload that the server no longer has is begun anew', async () => {
  const storage = memory();
  const file = manual(9 * MB);
  const uploader = uploaderAt(server, { storage });
  await uploader.upload('Product.manual', file, { inParts: true }).token;
  const [{ token }] = uploader.unfinished();
  await graphql('mutation ($token: String!) { abortFileUpload(token: $token) }', { token });
  const { manual: stored } = await createWithToken('manual', await uploader.upload('Product.manual', file).token);
  await assertServed(stored, file);
});

test('a Blob without a name is not taken for another of the same length', async () => {
  await withFaults(
    () => undefined,
    async (url, seen) => {
      const uploader = uploaderAt(url);
      for (const end of ['a', 'b']) {
        const bytes = Buffer.concat([manualBytes(9 * MB), Buffer.from(end)]);
        const upload = uploader.upload('Product.manual', new Blob([bytes], { type: 'application/pdf' }), {
          inParts: true,
        });
        const { manual: stored } = await createWithToken('manual', await upload.token);
        const served = Buffer.from(await (await fetch(stored.url)).arrayBuffer());
        assert.ok(served.equals(bytes));
      }
      assert.deepEqual(uploader.unfinished(), []);
      assert.equal(sends(seen).length, 4);
    },
  );
});

const OVER = {
  status: 200,
  body: JSON.stringify({ errors: [{ message: 'Over.', extensions: { code: 'FILE_TOKEN_EXPIRED' } }] }),
};
const HOUR = 60 * 60 * 1000;

test('a token is renewed before half of what is left of it is over, and the parts under way go on', async () => {
  let clock = Date.now();
  const faults = ({ part, nth }) => {
    clock += part === 2 && nth === 1 ? 2 * HOUR : 0;
  };
  await withFaults(faults, async (url, seen) => {
    const file = manual(28 * MB);
    const upload = uploaderAt(url, { concurrency: 1, now: () => clock }).upload('Product.manual', file, {
      inParts: true,
    });
    const { manual: stored } = await createWithToken('manual', await upload.token);
    await assertServed(stored, file);
    assert.deepEqual(seen.slice(0, 5), ['POST null', 'PUT 1', 'PUT 2', 'POST null', 'PUT 3']);
    assert.equal(sends(seen).length, 4);
  });
});

test('a slow upload in one request ends with a token that is good for a while', async () => {
  let clock = Date.now();
  const faults = ({ method }) => {
    clock += method === 'PUT' ? 2 * HOUR : 0;
  };
  await withFaults(faults, async (url, seen) => {
    const file = await picture();
    const { image } = await createWithToken(
      'image',
      await uploaderAt(url, { now: () => clock }).upload('Product.image', file).token,
    );
    await assertServed(image, file);
    assert.deepEqual(seen, ['POST null', 'PUT null', 'POST null']);
  });
});

test('a clock that is wrong does not make it ask all the time', async () => {
  for (const wrong of [-48 * HOUR, 48 * HOUR]) {
    await withFaults(
      () => undefined,
      async (url, seen) => {
        const options = { concurrency: 1, now: () => Date.now() + wrong };
        await uploaderAt(url, options).upload('Product.manual', manual(28 * MB), { inParts: true }).token;
        assert.equal(seen.filter((each) => each === 'POST null').length, 2, 'start and look');
      },
    );
  }
});

test('an upload that is over at the server is begun anew, once', async () => {
  const faults =
    (looks) =>
    ({ method, part, nth }) => {
      if (method === 'POST') {
        return looks.includes(nth) ? OVER : undefined;
      }
      return part === 2 ? 503 : undefined;
    };
  await withFaults(faults([2]), async (url, seen) => {
    const uploader = uploaderAt(url, { retries: 1 });
    await assert.rejects(uploader.upload('Product.manual', manual(20 * MB), { inParts: true }).token, /status 503/);
    assert.equal(sends(seen).filter((each) => each === 'PUT 1').length, 2);
    assert.equal(uploader.unfinished().length, 1, 'of the second, which can go on');
  });
  await withFaults(faults([2, 4]), async (url) => {
    const upload = uploaderAt(url).upload('Product.manual', manual(20 * MB), { inParts: true });
    await assert.rejects(upload.token, { code: 'FILE_TOKEN_EXPIRED' });
  });
  await withFaults(
    ({ method, nth }) => (method === 'POST' && nth === 2 ? OVER : undefined),
    async (url) => {
      const file = manual(9 * MB);
      const { manual: stored } = await createWithToken(
        'manual',
        await uploaderAt(url).upload('Product.manual', file, { inParts: true }).token,
      );
      await assertServed(stored, file);
    },
  );
});

test('an upload in parts is offered until a day after its start, and no longer', async () => {
  let clock = Date.now();
  await withFaults(
    ({ part }) => (part === 2 ? 503 : undefined),
    async (url) => {
      const uploader = uploaderAt(url, { retries: 0, now: () => clock });
      await assert.rejects(uploader.upload('Product.manual', manual(9 * MB), { inParts: true }).token);
      clock += 23 * HOUR;
      assert.equal(uploader.unfinished().length, 1);
      clock += HOUR;
      assert.deepEqual(uploader.unfinished(), []);
    },
  );
});

function gate() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
