import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import * as z from 'zod';

/** A request that the fake service got. */
export interface FakeRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What it answers; `hang up` breaks the connection. */
export type FakeAnswer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'hang up';

/** A service that answers as a test says. */
export class FakeService {
  readonly requests: FakeRequest[] = [];
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @param port - 0 for any free one. */
  static async start(answer: (request: FakeRequest, index: number) => FakeAnswer, port = 0): Promise<FakeService> {
    const server = createServer(async (incoming, response) => {
      let text = '';
      for await (const chunk of incoming) text += String(chunk);
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: text === '' ? undefined : JSON.parse(text) };
      service.requests.push(request);
      const given = answer(request, service.requests.length - 1);
      if (given === 'hang up') {
        incoming.socket.destroy();
        return;
      }
      response.writeHead(given.status ?? 200, given.headers);
      response.end(given.body === undefined ? undefined : JSON.stringify(given.body));
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const service = new FakeService(server, z.object({ port: z.number() }).parse(server.address()).port);
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
