import type { IncomingMessage } from 'node:http';
import type { UnreadRequest } from './host-message.ts';

/** The default of azure-functions-host `ScriptConstants.DefaultMaxRequestBodySize`. */
const DEFAULT_BODY_LIMIT = 104_857_600;

/** The body's limit in bytes; the setting overrides it (azure-functions-host `HttpRequestBodySizeMiddleware.cs`). */
export const bodyLimit = (): number => {
  const setting = Number(process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT);
  return Number.isSafeInteger(setting) && setting > 0 ? setting : DEFAULT_BODY_LIMIT;
};

/** A request's body is above the limit. */
export class BodyTooLargeError extends Error {}

/**
 * A request with its body still unread.
 *
 * @param limit - of the body in bytes.
 * @throws TypeError for a target or Host header that make no URL.
 */
export const openRequest = (incoming: IncomingMessage, limit: number): UnreadRequest => {
  const head = {
    method: (incoming.method ?? 'GET').toUpperCase(),
    url: new URL(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`),
    headers: joinHeaders(incoming.rawHeaders),
  };
  return { ...head, read: async () => ({ ...head, body: await readBody(incoming, limit) }) };
};

const readBody = async (incoming: IncomingMessage, limit: number): Promise<Buffer> => {
  const declared = Number(incoming.headers['content-length'] ?? 0);
  if (declared > limit) throw new BodyTooLargeError();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit) throw new BodyTooLargeError();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

const joinHeaders = (raw: readonly string[]): Map<string, string> => {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return headers;
};
