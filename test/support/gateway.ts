import { createServer, type Server } from 'node:http';

/** A gateway in front of the service, under a path of its own: it passes on what comes to `/airflow/…`, and the service never learns of its address. */
export class Gateway {
  readonly #server: Server;
  /** Paths that it passed on, with their queries. */
  readonly passed: string[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(service: () => string): Promise<Gateway> {
    const server = createServer();
    const gateway = new Gateway(server);
    server.on('request', async (request, response) => {
      const path = request.url ?? '';
      if (!path.startsWith('/airflow/')) return void response.writeHead(404).end();
      gateway.passed.push(path);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const kept = Object.entries(request.headers).filter(
        ([name]) => !['host', 'connection', 'content-length'].includes(name),
      );
      const answer = await fetch(service() + path.slice('/airflow'.length), {
        method: request.method ?? 'GET',
        headers: kept.flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const headers = [...answer.headers].filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/.test(name));
      response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  /** What PUBLIC_BASE_URL says. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The gateway does not listen.');
    return `http://127.0.0.1:${address.port}/airflow`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
