import { createServer, type RequestListener, type Server } from 'node:http';
import { NODE_HEADER_LIMIT } from './refuse-request.ts';

/** A server that listens. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Stops listening and resolves when requests under way are answered; those that take too long are dropped. */
  close(): Promise<void>;
  /** Stops at once and drops all connections. */
  abandon(): void;
}

const LOOPBACK = '127.0.0.1';
/** How long requests under way may go on after closing began, real ms. */
const GRACE_MS = 2_000;

/**
 * Listens on 127.0.0.1.
 *
 * @param port - 0 for any free one.
 * @throws when the port is taken, with a message for the person who chose it.
 */
export const listen = (listener: RequestListener, port: number): Promise<Listening> =>
  new Promise((resolve, reject) => {
    let closing = false;
    const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize: NODE_HEADER_LIMIT }, (request, response) => {
      if (closing) response.setHeader('Connection', 'close');
      response.once('close', () => closing && setImmediate(() => server.closeIdleConnections()));
      listener(request, response);
    });
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(taken ? new PortTakenError(port) : error);
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve({
        server,
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((closed) => {
            closing = true;
            const giveUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
            server.close(() => {
              clearTimeout(giveUp);
              closed();
            });
            server.closeIdleConnections();
          }),
        abandon: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });

/** Another program listens on the port. */
class PortTakenError extends Error {
  constructor(port: number) {
    super(`Port ${port} is unavailable. Close the process using that port, or specify another port using --port.`);
  }
}

/** The local RPC endpoint's port of EXT `LocalHttpListener.cs`, and which it tries when that is taken. */
const RPC_PORT = 17071;

/** @param port - undefined for the extension's own choice. */
export const listenForRpc = async (listener: RequestListener, port: number | undefined): Promise<Listening> => {
  if (port !== undefined) return await listen(listener, port);
  for (let attempt = 0; ; attempt++) {
    try {
      return await listen(listener, attempt === 0 ? RPC_PORT : 30_000 + Math.floor(Math.random() * 1000));
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === 10) throw error;
    }
  }
};
