import type { IncomingMessage } from 'node:http';
import type { HostResponse } from './host-message.ts';

/**
 * What Kestrel, the server of the real host, takes: aspnetcore `KestrelServerLimits.cs` (`MaxRequestLineSize`, `MaxRequestHeadersTotalSize`,
 * `MaxRequestHeaderCount`), which the host leaves as they are. In bytes.
 */
const MAX_REQUEST_LINE = 8 * 1024;
const MAX_HEADERS = 32 * 1024;
const MAX_HEADER_COUNT = 100;

/** More than {@link refuseRequest} lets pass, so that it is the one that answers; for `node:http`. */
export const NODE_HEADER_LIMIT = 2 * (MAX_REQUEST_LINE + MAX_HEADERS);

/** Letters, digits and ``!$&'()-._~`` with a port, or an IPv6 address: aspnetcore `HttpUtilities.IsHostHeaderValid`, `HttpCharacters`. */
const HOST = /^(?:[\w!$&'()\-.~]*|\[[0-9a-f:.]+\])(?::\d*)?$/i;

/**
 * Answers what the server refuses before any function sees it: 414 for the first line, 431 for the headers, 400 for a `Host` that is none, such as
 * `a@localhost`.
 *
 * @returns undefined for a request that is taken.
 */
export const refuseRequest = ({
  method = '',
  url = '',
  rawHeaders,
  headers,
}: IncomingMessage): HostResponse | undefined => {
  if (`${method} ${url} HTTP/1.1\r\n`.length > MAX_REQUEST_LINE) return { status: 414 };
  // Each header stands with ": " and the end of its line.
  const size = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (size > MAX_HEADERS || rawHeaders.length / 2 > MAX_HEADER_COUNT) return { status: 431 };
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return hosts > 1 || !HOST.test(headers.host ?? '') ? { status: 400 } : undefined;
};
