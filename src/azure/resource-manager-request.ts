import type { HttpMethods } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { sendAuthorized } from './authorized-request.ts';
import { currentExchange } from './exchange.ts';
import { AzureOperationError, parseErrorBody } from './failures/azure-failure.ts';
import { withApiVersion } from './settings/api-versions.ts';
import { currentCloud, resourceManagerScope } from './settings/cloud.ts';

/**
 * Asks Resource Manager for what is not worth a client package of its own.
 *
 * @param path - from `/subscriptions/…` on, with the api-version in its query.
 * @throws AzureOperationError when it answers an error.
 */
export const askResourceManager = async <T>(
  method: HttpMethods,
  path: string,
  schema: z.ZodType<T>,
  body?: object,
): Promise<T> => {
  const cloud = currentCloud();
  const url = withApiVersion(`${cloud.resourceManager}${path}`);
  const { status, bodyAsText } = await sendAuthorized(method, url, resourceManagerScope(cloud), body);
  if (status >= 200 && status < 300) return schema.parse(JSON.parse(bodyAsText ?? ''));
  const error = parseErrorBody(bodyAsText ?? undefined);
  const { correlationId, retryAfterSeconds } = currentExchange();
  throw new AzureOperationError({
    code: error?.code ?? `HttpStatus${status}`,
    message: error?.message ?? `Resource Manager answered HTTP ${status}.`,
    status,
    correlationId,
    retryAfterSeconds,
  });
};
