import type { HostRequest } from './host-message.ts';
import type { RouteValues } from './route-template.ts';

type Nullable = Record<string, { value: string }>;

/**
 * The request as the worker receives it. Imitates azure-functions-host `GrpcMessageConversionExtensions.ToRpcHttp` with the capabilities
 * that the Node worker announces.
 */
export const toRpcHttp = ({ method, url, headers, body }: HostRequest, values: RouteValues): object => ({
  method,
  url: url.href,
  nullableHeaders: nullable([...headers].filter(([, value]) => value !== '')),
  nullableQuery: nullable(joinQuery(url.search)),
  nullableParams: nullable(Object.entries(values)),
  headers: {},
  query: {},
  params: {},
  rawBody: null,
  // The real host attaches a body only when its length was announced: chunked ones arrive empty (azure-functions-host#4926).
  ...(Number(headers.get('content-length') ?? 0) > 0 && { body: { bytes: body } }),
});

const nullable = (entries: Iterable<readonly [string, string]>): Nullable =>
  Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));

/** Several values are joined with a comma; names are one without regard to case, the first spelling counts (ASP.NET Core `QueryCollection`). */
const joinQuery = (search: string): Iterable<readonly [string, string]> => {
  const joined = new Map<string, readonly [string, string]>();
  for (const [name, value] of new URLSearchParams(search)) {
    const key = name.toLowerCase();
    const earlier = joined.get(key);
    joined.set(key, earlier ? [earlier[0], `${earlier[1]},${value}`] : [name, value]);
  }
  return joined.values();
};
