import type { HttpHeaders } from '@azure/core-rest-pipeline';

/** The id by which Azure's support finds a request: Resource Manager's for all that the request led to, else the one service's own. */
export const correlationIdOf = (headers: HttpHeaders): string | undefined =>
  headers.get('x-ms-correlation-request-id') ?? headers.get('x-ms-request-id');
