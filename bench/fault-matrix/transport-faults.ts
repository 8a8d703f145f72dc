import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import * as z from 'zod';
import { selfSigned } from './self-signed.ts';

/** What goes wrong before a request reaches the simulator, for requests like one of a fault of its own. */
export const transportFaultSchema = z.object({
  kind: z.enum(['name', 'handshake', 'certificate']),
  method: z.string(),
  pattern: z.string(),
  nth: z.number(),
  times: z.number(),
});

export type TransportFault = z.output<typeof transportFaultSchema>;

export interface TransportFaults {
  /** Whether it has struck. */
  readonly struck: () => boolean;
  /** Back to the real transport. */
  readonly restore: () => void;
}

type HttpRequest = typeof http.request;

/**
 * Has requests of this process to the simulator fail below HTTP, with the errors of Node's own stack:
 *
 * - `handshake`: the client speaks TLS to a port that does not
 * - `certificate`: a server there whose certificate it has signed itself
 * - `name`: the resolver's answer for a name that does not exist, made here, since a machine without a network has none
 */
export const failTransport = async (
  simulatorUrl: string,
  { kind, method, pattern, nth, times }: TransportFault,
): Promise<TransportFaults> => {
  const simulatorPort = new URL(simulatorUrl).port;
  const path = new RegExp(pattern, 'i');
  const server = https.createServer(selfSigned('localhost'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const tlsPort = typeof address === 'object' ? address?.port : undefined;
  const realRequest: HttpRequest = http.request;
  let matched = 0;

  const strikes = (options: http.RequestOptions): boolean => {
    if (String(options.port) !== simulatorPort || options.method !== method || !path.test(options.path ?? ''))
      return false;
    matched++;
    return matched >= nth && matched < nth + times;
  };

  const failing = (options: http.RequestOptions, onResponse?: (response: http.IncomingMessage) => void) => {
    const { agent: _, ...rest } = options;
    if (kind === 'name') {
      const agent = new http.Agent({ keepAlive: false });
      return realRequest({ ...rest, agent, hostname: MISSING_HOST, lookup: notFound }, onResponse);
    }
    const agent = new https.Agent({ keepAlive: false });
    const port = kind === 'certificate' ? tlsPort : simulatorPort;
    return https.request({ ...rest, agent, hostname: 'localhost', lookup: onLoopback, port }, onResponse);
  };

  Reflect.set(http, 'request', (...all: Parameters<HttpRequest>) => {
    const [options, onResponse] = all;
    const isOptions = typeof options === 'object' && !(options instanceof URL);
    if (!isOptions || !strikes(options)) return Reflect.apply(realRequest, http, all);
    return failing(options, typeof onResponse === 'function' ? onResponse : undefined);
  });
  return {
    struck: () => matched >= nth,
    restore: () => {
      Reflect.set(http, 'request', realRequest);
      server.close();
      server.closeAllConnections();
    },
  };
};

const MISSING_HOST = 'management.azure.invalid';

/** As Node's `lookup` says that a name does not exist (lib/dns.js, DNSException). */
const notFound: LookupFunction = (hostname, _, callback) => {
  const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
  setImmediate(() =>
    callback(Object.assign(error, { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }), '', 0),
  );
};

const onLoopback: LookupFunction = (_, { all }, callback) => {
  if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
