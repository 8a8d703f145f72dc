import { createServer, type Server } from 'node:http';

/** Stands for the service where its own work does not matter: takes every deployment as run r1 of x, and never reports an end. */
export class AcceptingService {
  /** Method and path of each request. */
  readonly requests: string[] = [];
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<AcceptingService> {
    const server = createServer();
    const service = new AcceptingService(server);
    server.on('request', ({ method, url }, response) => {
      service.requests.push(`${method} ${url}`);
      response.writeHead(method === 'POST' ? 202 : 200).end(JSON.stringify({ id: 'x', run: 'r1', status: 'Running' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The service does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
