import { lookup as resolveHost } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { connectionErrorOf } from '../azure/failures/connection-errors.ts';
import { isLoopbackUrl } from './check-callback-url.ts';
import { isLoopbackAddress } from './is-loopback-address.ts';
import { isPublicAddress } from './is-public-address.ts';

/** The specification recommends 15 to 30 s. It holds for all together: name, connection, answer. */
const TIMEOUT_MS = 20_000;
/** Nothing in the answer's body is of use; so much of it is read out of courtesy. */
const MAX_ANSWER_BYTES = 16 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

export interface Answer {
  readonly status: number;
  /** The receiver's Retry-After, when it gives one in seconds. */
  readonly retryAfterSeconds: number | undefined;
}

/** Why no answer came, in words of our own: those of Node and OpenSSL may hold the address. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  /** Whether another attempt is of no use: the host is at an address that is never called. */
  readonly refused: boolean;

  constructor(message: string, options: { readonly refused?: boolean; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.refused = options.refused ?? false;
  }
}

interface Address {
  readonly address: string;
  readonly family: number;
}

/** What a test may put in the place of the network. */
export interface PostOptions {
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  readonly mayConnect?: (address: string) => boolean;
  /** Certificates to trust instead of the public authorities'. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

/**
 * Posts a body to a URL whose host is allowed. The host's name is resolved once; every address that it has must be public (for a loopback URL:
 * loopback), and only these are connected to, so that a name that changes its mind between check and use gains nothing. The certificate is checked
 * against the name. Redirects are not followed, no proxy is asked, no connection is kept.
 *
 * @throws NoAnswerError when no answer came.
 */
export const postMessage = async (
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  options: PostOptions = {},
): Promise<Answer> => {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  try {
    const addresses = await within(timeout, addressesOf(url, options));
    return await send(url, body, headers, { addresses, timeout, ca: options.ca });
  } catch (error) {
    if (error instanceof NoAnswerError) throw error;
    if (timeout.aborted) throw new NoAnswerError('no answer in time', { cause: error });
    throw new NoAnswerError(inWords(error), { cause: error });
  }
};

const addressesOf = async (url: URL, options: PostOptions): Promise<readonly Address[]> => {
  const { resolve = resolveAll, mayConnect = isLoopbackUrl(url) ? isLoopbackAddress : isPublicAddress } = options;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host);
  if (addresses.length === 0) throw new NoAnswerError('the host has no address');
  if (addresses.every(({ address }) => mayConnect(address))) return addresses;
  throw new NoAnswerError('the host is at an address that is not public', { refused: true });
};

const resolveAll = (host: string): Promise<readonly Address[]> => resolveHost(host, { all: true });

const within = <T>(timeout: AbortSignal, promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => timeout.addEventListener('abort', () => reject(timeout.reason), { once: true })),
  ]);

interface SendOptions {
  readonly addresses: readonly Address[];
  readonly timeout: AbortSignal;
  readonly ca: string | undefined;
}

const send = (
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  { addresses, timeout, ca }: SendOptions,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const options: RequestOptions = {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': `${Buffer.byteLength(body)}`,
        'User-Agent': 'airflow-on-aks',
        ...headers,
      },
      // The global agents may keep connections and ask a proxy.
      agent: secure
        ? new HttpsAgent({ keepAlive: false, rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca && { ca }) })
        : new HttpAgent({ keepAlive: false }),
      lookup: pinnedTo(addresses),
      maxHeaderSize: MAX_HEADER_BYTES,
      signal: timeout,
    };
    const request = secure ? httpsRequest(url, options) : httpRequest(url, options);
    request.on('error', reject);
    request.on('response', (response) => {
      finish(response, () => request.destroy());
      resolve({ status: response.statusCode ?? 0, retryAfterSeconds: retryAfterOf(response) });
    });
    request.end(body);
  });

/** Node asks for one address or, when it tries several in turn, for all. */
const pinnedTo =
  (addresses: readonly Address[]): LookupFunction =>
  (_, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };

const finish = (response: IncomingMessage, hangUp: () => void): void => {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) hangUp();
  });
  // The status is known; what becomes of the body does not matter.
  response.on('error', () => {});
};

const retryAfterOf = ({ headers }: IncomingMessage): number | undefined => {
  const text = headers['retry-after'];
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

/** Several addresses that failed come as one error with a list. */
const inWords = (error: unknown): string => {
  const each = error instanceof AggregateError ? error.errors[0] : error;
  return connectionErrorOf(each instanceof Error && 'code' in each ? String(each.code) : '').words;
};
