import type { HttpResponseInit } from '@azure/functions';

/** `GET /api/health`: alive. Carries no data and takes no key. */
export const getHealth = async (): Promise<HttpResponseInit> => ({
  headers: { 'Cache-Control': 'no-store' },
  jsonBody: { status: 'ok' },
});
