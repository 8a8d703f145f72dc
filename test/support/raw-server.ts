import { createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { listen } from './listen.ts';

/** What a server does with a connection when a request has arrived on it, the first one, the second one, … */
export type OnRequest = (socket: Socket, nth: number, request: string) => void;

/** A server that answers bytes as a test gives them, well-formed or not. It ends with the test. */
export const useRawServer = (): { readonly start: (onRequest: OnRequest) => Promise<RawServer> } => {
  const open: { server: Server; sockets: Set<Socket> }[] = [];
  afterEach(() => {
    for (const { server, sockets } of open.splice(0)) {
      server.close();
      for (const socket of sockets) socket.destroy();
    }
  });
  return {
    start: async (onRequest) => {
      const sockets = new Set<Socket>();
      let requests = 0;
      const server = createServer((socket) => {
        sockets.add(socket);
        let text = '';
        socket.on('error', () => {});
        socket.once('close', () => sockets.delete(socket));
        socket.on('data', (data) => {
          text += data.toString('latin1');
          // Requests of these tests have no body that would matter.
          if (!text.includes('\r\n\r\n')) return;
          const request = text;
          text = '';
          requests++;
          onRequest(socket, requests, request);
        });
      });
      open.push({ server, sockets });
      const port = await listen(server);
      return { url: `http://127.0.0.1:${port}`, port, requests: () => requests, connections: () => sockets.size };
    },
  };
};

export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** How many requests have come. */
  readonly requests: () => number;
  /** How many connections are open. */
  readonly connections: () => number;
}

/** Head and body of an answer of success. */
export const rawAnswer = (body: string | Uint8Array, headers: Readonly<Record<string, string | number>> = {}): Buffer =>
  Buffer.concat([rawHead({ 'Content-Length': Buffer.byteLength(body), ...headers }), Buffer.from(body)]);

export const rawHead = (headers: Readonly<Record<string, string | number>>, status = '200 OK'): Buffer =>
  Buffer.from(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n'),
  );
