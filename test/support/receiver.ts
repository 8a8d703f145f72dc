import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers: a status, with headers; `hang up` closes the connection without an answer. */
export type Reply = number | 'hang up' | { readonly status: number; readonly headers: Record<string, string> };

/** Somebody who takes callbacks, on this machine. */
export class Receiver {
  readonly received: Received[] = [];
  /** Asked for every message. */
  reply: (message: Received, count: number) => Reply | Promise<Reply> = () => 204;
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const message = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      receiver.received.push(message);
      const reply = await receiver.reply(message, receiver.received.length);
      if (reply === 'hang up') response.destroy();
      else if (typeof reply === 'number') response.writeHead(reply).end();
      else response.writeHead(reply.status, reply.headers).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** As CALLBACK_ALLOWED_HOSTS names it. */
  get host(): string {
    const { port }: Pick<AddressInfo, 'port'> = this.#address;
    return `127.0.0.1:${port}`;
  }

  get #address(): AddressInfo {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The receiver does not listen.');
    return address;
  }

  url(path = '/hook'): string {
    return `http://${this.host}${path}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
