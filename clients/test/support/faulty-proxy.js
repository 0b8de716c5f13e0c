// A proxy in front of the example that fails as networks and servers do: real sockets, real broken connections.
import { createServer, request } from 'node:http';

/**
 * @param {string} target
 * @param {(incoming: import('node:http').IncomingMessage) => undefined | 'cut' | 'lose answer' | number |
 *   { status: number, body: string } | Promise<undefined>} fault asked for each request: nothing to pass it on, cut to break
 *   the connection after a little of the body, lose answer to pass it on and break the connection then, or what to answer
 */
export async function startFaultyProxy(target, fault) {
  const proxy = createServer(async (incoming, outgoing) => {
    const what = await fault(incoming);
    if (what === 'cut') {
      incoming.once('data', () => incoming.socket.destroy());
      incoming.once('end', () => incoming.socket.destroy());
      return;
    }
    if (typeof what === 'number' || typeof what === 'object') {
      const { status, body } = typeof what === 'number' ? { status: what, body: '' } : what;
      incoming.resume().once('end', () => outgoing.writeHead(status, { 'Retry-After': '0' }).end(body));
      return;
    }
    const passed = request(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (what === 'lose answer') {
          answer.resume().once('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.once('error', () => incoming.socket.destroy());
    incoming.once('close', () => incoming.complete || passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        proxy.close(resolve);
        proxy.closeAllConnections();
      }),
  };
}
