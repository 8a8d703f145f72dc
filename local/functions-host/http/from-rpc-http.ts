import * as z from 'zod';
import type { HostResponse } from './host-message.ts';

const Value = <T extends z.ZodType>(schema: T) => z.object({ value: schema }).nullish();

const RpcHttpCookie = z.object({
  name: z.string(),
  value: z.string(),
  domain: Value(z.string()),
  path: Value(z.string()),
  expires: Value(z.object({ seconds: z.number() })),
  secure: Value(z.boolean()),
  httpOnly: Value(z.boolean()),
  sameSite: z.enum(['none', 'lax', 'strict', 'explicitNone']).nullish(),
  maxAge: Value(z.number()),
});

const RpcHttpResponse = z.object({
  statusCode: z.coerce.number().int().min(100).max(999).default(200),
  headers: z.record(z.string(), z.string()).default({}),
  cookies: z.array(RpcHttpCookie).default([]),
  body: z.object({ bytes: z.instanceof(Uint8Array).optional(), string: z.string().optional() }).nullish(),
});

/**
 * The response that the caller gets for what the worker sent. Imitates azure-functions-host `HttpBinding.SetResponse` and
 * `RawScriptResult.cs`; cookies as ASP.NET Core writes them.
 *
 * @param http - undefined when the function returned nothing, which is 204.
 */
export const fromRpcHttp = (http: object | undefined): HostResponse => {
  if (!http) return { status: 204 };
  const { statusCode, headers, cookies, body } = RpcHttpResponse.parse(http);
  return {
    status: statusCode,
    headers: [...Object.entries(headers), ...cookies.map((cookie) => ['Set-Cookie', cookieHeader(cookie)] as const)],
    ...(body && { body: body.bytes ?? body.string ?? '' }),
  };
};

const SAME_SITE = { lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

const cookieHeader = (cookie: z.output<typeof RpcHttpCookie>): string => {
  const { name, value, expires, maxAge, domain, path, secure, httpOnly, sameSite } = cookie;
  return [
    `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    expires && `expires=${new Date(expires.value.seconds * 1000).toUTCString()}`,
    maxAge && `max-age=${Math.floor(maxAge.value)}`,
    domain && `domain=${domain.value}`,
    path && `path=${path.value}`,
    secure?.value && 'secure',
    sameSite && sameSite !== 'none' && `samesite=${SAME_SITE[sameSite]}`,
    httpOnly?.value && 'httponly',
  ]
    .filter(Boolean)
    .join('; ');
};
