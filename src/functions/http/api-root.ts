import type { HttpRequest } from '@azure/functions';
import { checkSettings } from './checks/check-settings.ts';

/**
 * Where callers find the API, without a slash at its end: `https://apim.contoso.com/airflow/api`. Every address in an answer begins so. It is the setting
 * PUBLIC_BASE_URL with the route prefix behind it, unless it ends so already; without the setting the origin and prefix of the request itself.
 * X-Forwarded-Host and the like are not believed: anybody may send them, and would so lead others' keys elsewhere.
 *
 * @throws ProblemError 500 when a setting is wrong.
 */
export const apiRoot = (request: HttpRequest): string => {
  const { origin, pathname } = new URL(request.url);
  const prefix = pathname.slice(0, prefixLength(pathname));
  const base = checkSettings().PUBLIC_BASE_URL;
  if (base === undefined) return origin + prefix;
  return base.endsWith(prefix) ? base : base + prefix;
};

/** What stands in front of `/deployments`, or of the last segment. */
const prefixLength = (pathname: string): number => {
  const before = pathname.toLowerCase().indexOf('/deployments');
  return before >= 0 ? before : pathname.replace(/\/$/, '').lastIndexOf('/');
};
