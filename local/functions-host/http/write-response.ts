import type { ServerResponse } from 'node:http';
import type { HostResponse } from './host-message.ts';

/** Node writes these itself; a function's own value could contradict the body. */
const OWN_HEADERS = ['content-length', 'transfer-encoding', 'connection', 'keep-alive'];

/** Sends a response. Of a header that occurs twice the first is kept, except for cookies (azure-functions-host `RawScriptResult.cs`). */
export const writeResponse = (response: ServerResponse, { status, headers = [], body }: HostResponse): void => {
  if (response.destroyed) return;
  response.statusCode = status;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (OWN_HEADERS.includes(lower)) continue;
    if (lower === 'set-cookie') response.appendHeader(name, value);
    else if (!response.hasHeader(name)) response.setHeader(name, value);
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
  const bodyless = status === 204 || status === 205 || status === 304;
  if (!bodyless) response.setHeader('Content-Length', bytes.length);
  response.end(bodyless ? undefined : bytes);
};
