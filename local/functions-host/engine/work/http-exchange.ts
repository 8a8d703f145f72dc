import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** One request, with names and values of headers as they go on the wire. */
export interface HttpExchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** An answer after redirects; `headers` are the lines of the message, names as they were sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const MOST_REDIRECTS = 50;
const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302, 303, 307, 308]);

/**
 * Sends a request as .NET's HttpClient does by default: redirects are followed up to 50 times but never from https to http, a POST becomes
 * a GET but for 307 and 308, and Authorization is left out then (RedirectHandler.cs); nothing is decompressed.
 *
 * @throws the socket's error, or the signal's reason.
 */
export const exchange = async (first: HttpExchange, signal: AbortSignal): Promise<HttpAnswer> => {
  let current = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await sendOnce(current, signal);
    const next = redirects < MOST_REDIRECTS ? redirectOf(current, answer) : undefined;
    if (!next) return answer;
    current = next;
  }
};

const sendOnce = async ({ method, url, headers, body }: HttpExchange, signal: AbortSignal): Promise<HttpAnswer> => {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = send(url.href, { method, headers, signal });
    outgoing.once('response', resolve).once('error', reject);
    if (body !== undefined) outgoing.setHeader('Content-Length', Buffer.byteLength(body));
    outgoing.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const lines: [string, string][] = [];
  const raw = incoming.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) lines.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return { status: incoming.statusCode ?? 0, headers: lines, body: Buffer.concat(chunks) };
};

const redirectOf = (request: HttpExchange, { status, headers }: HttpAnswer): HttpExchange | undefined => {
  if (!REDIRECTS.has(status)) return undefined;
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location === undefined || !URL.canParse(location, request.url.href)) return undefined;
  const url = new URL(location, request.url);
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && request.url.protocol === 'http:');
  if (!isWeb) return undefined;
  const { method } = request;
  const becomesGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST';
  const kept = Object.entries(request.headers).filter(
    ([name]) => !/^authorization$/i.test(name) && !(becomesGet && /^content-/i.test(name)),
  );
  const rest = { url, headers: Object.fromEntries(kept) };
  return becomesGet ? { ...rest, method: 'GET', body: undefined } : { ...request, ...rest };
};
