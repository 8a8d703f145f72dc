import { createHash, timingSafeEqual } from 'node:crypto';
import type { HostKeys } from './host-keys.ts';
import type { HostRequestHead } from './host-message.ts';
import type { HttpRoute } from './http-routes.ts';

/** The key that a request carries: the header counts before the query (azure-functions-host `AuthenticationLevelHandler.cs`). */
const keyOf = ({ headers, url }: HostRequestHead): string | undefined =>
  headers.get('x-functions-key') || url.searchParams.get('code') || undefined;

const sameKey = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a request may call a function: the master key opens everything, other keys only what has exactly their level
 * (azure-functions-host `AuthUtility.cs`).
 */
export const mayCallFunction = (
  request: HostRequestHead,
  level: HttpRoute['authLevel'],
  functionName: string,
  keys: HostKeys,
): boolean => {
  if (level === 'anonymous') return true;
  const key = keyOf(request);
  if (key === undefined) return false;
  if (sameKey(key, keys.master)) return true;
  if (level === 'system') return Object.values(keys.systemKeys).some((other) => sameKey(key, other));
  if (level !== 'function') return false;
  const own = Object.entries(keys.functions).find(([name]) => name.toLowerCase() === functionName.toLowerCase());
  return [...Object.values(keys.functionKeys), ...Object.values(own?.[1] ?? {})].some((other) => sameKey(key, other));
};

/** Whether a request may call `/runtime/webhooks/durabletask`. */
export const mayCallDurableWebhook = (request: HostRequestHead, keys: HostKeys): boolean => {
  const key = keyOf(request);
  return key !== undefined && (sameKey(key, keys.master) || sameKey(key, keys.systemKeys.durabletask_extension));
};

/** Whether a request may call `/admin/…`. */
export const mayAdminister = (request: HostRequestHead, keys: HostKeys): boolean => {
  const key = keyOf(request);
  return key !== undefined && sameKey(key, keys.master);
};
