import type { HttpResponseInit } from '@azure/functions';
import { openApi } from '../contract/openapi.ts';
import { swagger } from '../contract/swagger.ts';
import { apiRoot } from './http/api-root.ts';
import type { Call } from './http/handle.ts';

/** `GET /api/openapi.json`: the contract as OpenAPI 3.1. */
export const getOpenApi = async ({ request }: Call): Promise<HttpResponseInit> =>
  answer(openApi('3.1', apiRoot(request)));

/** `GET /api/openapi-3.0.json`: the same as OpenAPI 3.0, within what ServiceNow's importer takes. */
export const getOpenApi30 = async ({ request }: Call): Promise<HttpResponseInit> =>
  answer(openApi('3.0', apiRoot(request)));

/** `GET /api/swagger.json`: the same as Swagger 2.0, for custom connectors of Power Platform and Logic Apps. */
export const getSwagger = async ({ request }: Call): Promise<HttpResponseInit> => answer(swagger(apiRoot(request)));

const answer = (document: object): HttpResponseInit => ({
  headers: { 'Cache-Control': 'no-cache' },
  jsonBody: document,
});
