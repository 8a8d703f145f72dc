import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

interface ProxyAnswer {
  status: number;
  reason: string;
  text: string;
  headers: IncomingMessage['headers'];
}

const read = async (incoming: IncomingMessage): Promise<ProxyAnswer> => {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return { status: incoming.statusCode ?? 0, reason: incoming.statusMessage ?? '', text, headers: incoming.headers };
};

/** Asks a proxy for a tunnel: the socket, or the refusal. */
export const openTunnel = (proxy: string, target: string): Promise<Socket | ProxyAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy);
    const outgoing = httpRequest({ host: hostname, port, method: 'CONNECT', path: target });
    outgoing.on('connect', (incoming, socket: Socket, head: Buffer) => {
      if (incoming.statusCode === 200) return resolve(socket);
      let text = head.toString();
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const { statusCode = 0, statusMessage = '', headers } = incoming;
      socket.on('close', () => resolve({ status: statusCode, reason: statusMessage, text, headers }));
    });
    outgoing.on('error', reject).end();
  });

interface Request {
  proxy: string;
  /** The CA certificate to trust, and no other. */
  ca: string;
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** One request as a program behind a proxy sends it: CONNECT, TLS checked against the CA and the host name, HTTP. @throws Error for a refused tunnel or a bad certificate */
export const throughProxy = async ({
  proxy,
  ca,
  url,
  method = 'GET',
  headers,
  body,
}: Request): Promise<ProxyAnswer> => {
  const target = new URL(url);
  const socket = await openTunnel(proxy, `${target.hostname}:${target.port || 443}`);
  if ('status' in socket) throw new Error(`CONNECT was refused: ${socket.status} ${socket.reason}`);
  try {
    return await new Promise((resolve, reject) => {
      const outgoing = httpsRequest(
        url,
        {
          method,
          headers: { host: target.host, ...headers, connection: 'close' },
          createConnection: () => tlsConnect({ socket, servername: target.hostname, ca, ALPNProtocols: ['http/1.1'] }),
        },
        (incoming) => read(incoming).then(resolve, reject),
      );
      outgoing.on('error', reject).end(body);
    });
  } finally {
    socket.destroy();
  }
};

/** One request with the proxy's own address, or a whole URL, in its request line. */
export const toProxy = (proxy: string, path: string): Promise<ProxyAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy);
    httpRequest({ host: hostname, port, path, headers: { host: '127.0.0.1' } }, (incoming) =>
      read(incoming).then(resolve, reject),
    )
      .on('error', reject)
      .end();
  });
