import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a webhook action waits for: the address of `@listCallbackUrl()`, and what was posted to it. */
export class CallbackEndpoint {
  readonly url: string;
  readonly called: Promise<unknown>;
  readonly #server: Server;

  private constructor(server: Server, url: string, called: Promise<unknown>) {
    this.#server = server;
    this.url = url;
    this.called = called;
  }

  static async open(): Promise<CallbackEndpoint> {
    const sig = 'a-signature-that-nobody-may-see';
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const server = createServer(async (request, response) => {
      const body = await text(request);
      const right = request.method === 'POST' && request.url?.includes(`sig=${sig}`);
      response.writeHead(right ? 200 : 401).end();
      if (right) resolve(JSON.parse(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The callback endpoint has no port.');
    const path = '/workflows/0123456789abcdef/runs/08584/actions/Deploy/run';
    return new CallbackEndpoint(
      server,
      `http://127.0.0.1:${address.port}${path}?api-version=2016-10-01&sp=%2Frun&sv=1.0&sig=${sig}`,
      promise,
    );
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
