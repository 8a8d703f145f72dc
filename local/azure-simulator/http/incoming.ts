import type { IncomingMessage } from 'node:http';
import type { Authorization } from '../state/journal.ts';

/** A request, read whole. */
export interface Incoming {
  method: string;
  /** The Host header: the simulated service is chosen by it. */
  host: string;
  path: string;
  query: URLSearchParams;
  /** Path and query as they came. */
  target: string;
  headers: Record<string, string>;
  /** The body; empty for one that is too large. */
  text: string;
  isOversize: boolean;
  /** What its caller was asked for while it was answered. */
  authorizations: Authorization[];
}

const LARGEST_BODY = 4 * 1024 * 1024;

export const readIncoming = async (message: IncomingMessage): Promise<Incoming> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= LARGEST_BODY) chunks.push(bytes);
  }
  const target = message.url ?? '/';
  const [path = '/', ...search] = target.split('?');
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const isOversize = size > LARGEST_BODY;
  return {
    method: message.method ?? 'GET',
    host: headers.host ?? '',
    path,
    query: new URLSearchParams(search.join('?')),
    target,
    headers,
    text: isOversize ? '' : Buffer.concat(chunks).toString('utf8'),
    isOversize,
    authorizations: [],
  };
};
