import type { HostRequestHead, HostResponse } from './host-message.ts';

type Headers = readonly (readonly [string, string])[];

/** Which pages of other origins may call the host. */
export interface CorsSettings {
  /** `*` for all. */
  readonly origins: readonly string[];
  readonly credentials: boolean;
}

/** The headers that a browser needs on an answer to a page of an allowed origin (azure-functions-core-tools `StartHostAction.Startup`). */
export const corsHeaders = ({ headers }: HostRequestHead, { origins, credentials }: CorsSettings): Headers => {
  const origin = headers.get('origin');
  if (!origin || origins.length === 0) return [];
  const any = origins.includes('*');
  if (!any && !origins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase())) return [];
  return [
    ['Access-Control-Allow-Origin', any && !credentials ? '*' : origin],
    ...(any && !credentials ? [] : [['Vary', 'Origin'] as const]),
    ...(credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
  ];
};

/** The answer to a preflight request; undefined when the request is none or CORS is off. */
export const preflightResponse = (request: HostRequestHead, settings: CorsSettings): HostResponse | undefined => {
  const method = request.headers.get('access-control-request-method');
  if (request.method !== 'OPTIONS' || !method || !request.headers.has('origin') || settings.origins.length === 0)
    return undefined;
  const allowed = corsHeaders(request, settings);
  const wanted = request.headers.get('access-control-request-headers');
  return {
    status: 204,
    headers:
      allowed.length === 0
        ? []
        : [
            ...allowed,
            ['Access-Control-Allow-Methods', method],
            ...(wanted ? [['Access-Control-Allow-Headers', wanted] as const] : []),
          ],
  };
};
