import type { Server } from 'node:http';

/**
 * Listens on loopback and says on which port.
 *
 * @param flag - what sets the port on the command line.
 * @throws Error that says what to do when the port is taken.
 */
export const listen = (server: Server, port: number, flag: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      const remedy = `Stop the program that uses it, or choose another port with ${flag} (0 takes any free one).`;
      return reject(new Error(`The Azure simulator cannot listen on 127.0.0.1:${port}: the port is taken. ${remedy}`));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
