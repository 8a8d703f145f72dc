import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { hostName } from '../base/host-name.ts';
import { listen } from '../http/listen.ts';
import { CertificateAuthority } from './certificate-authority.ts';

export interface ConnectProxyOptions {
  /** 0: any free one. */
  port: number;
  /** Whether a host name is one of the simulated services', and would resolve. */
  isServed: (host: string) => boolean;
  /** Answers a request that came under the name of a served host. */
  handle: RequestListener;
  log: (line: string) => void;
}

export interface ConnectProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** The certificate to trust, PEM. */
  readonly certificate: string;
  close(): Promise<void>;
}

/**
 * An HTTP proxy on loopback (CONNECT, RFC 9110, 9.3.6) for programs that keep Azure's own host names: it ends TLS itself, as the host that was asked for,
 * and hands the requests on. It opens no connection: what it does not serve it refuses, so that nothing leaves the machine.
 */
export const startConnectProxy = async (options: ConnectProxyOptions): Promise<ConnectProxy> => {
  const { isServed, handle, log } = options;
  const authority = new CertificateAuthority();
  const inner = createTlsServer(
    {
      SNICallback: (name, done) => {
        if (isServed(hostName(name))) done(null, authority.contextFor(hostName(name)));
        else done(new Error(`${name} is not simulated.`));
      },
    },
    (message, response) => {
      const { socket } = message;
      const asked = socket instanceof TLSSocket ? socket.servername : undefined;
      if (typeof asked === 'string' && hostName(message.headers.host ?? '') === hostName(asked)) {
        return handle(message, response);
      }
      // A host is served under its own name only (RFC 9110, 15.5.20): neither loopback's nor another one's.
      response.writeHead(421, { 'content-type': 'text/plain' }).end(`This connection is for ${asked}.\n`);
    },
  );
  // Longer than clients sleep between polls, as the simulator's own.
  inner.keepAliveTimeout = 60_000;
  inner.on('tlsClientError', (error) => log(`TLS through the proxy failed: ${error.message}`));

  const outer = createServer((message, response) => {
    log(`${message.method} ${message.url} refused: the proxy takes CONNECT only`);
    response.writeHead(405, { allow: 'CONNECT', 'content-type': 'text/plain' });
    response.end('This proxy serves the simulated Azure over HTTPS: it takes CONNECT only.\n');
  });
  outer.on('connect', (message, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const target = message.url ?? '';
    const refusal = refusalOf(target, isServed);
    if (refusal !== undefined) {
      log(`CONNECT ${target} refused`);
      const body = `${refusal} Nothing leaves this machine.\n`;
      socket.end(
        `HTTP/1.1 502 ${refusal}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    inner.emit('connection', socket);
  });

  const sockets = new Set<Socket>();
  outer.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(outer, options.port, '--proxy');
  return {
    url: `http://127.0.0.1:${port}`,
    certificate: authority.certificate,
    close: async () => {
      const closed = new Promise<void>((resolve) => outer.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

/** Stands in the status line too, since that is what clients show of a refused CONNECT. */
const refusalOf = (target: string, isServed: (host: string) => boolean): string | undefined => {
  const [, host = '', port] = /^([a-z0-9.-]{1,253}):(\d+)$/i.exec(target) ?? [];
  if (port === '443' && isServed(hostName(host))) return undefined;
  return `The Azure simulator serves no ${/^[\x21-\x7e]{1,260}$/.test(target) ? target : 'such host'}.`;
};
