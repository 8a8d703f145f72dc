import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { sendAuthorized } from './authorized-request.ts';
import { AzureOperationError, parseErrorBody } from './azure-failure.ts';
import { currentCloud, resourceManagerScope } from './cloud.ts';
import { currentExchange } from './exchange.ts';

/** Where a long-running operation stands. */
export type OperationState =
  | { readonly state: 'running'; readonly retryAfterSeconds: number | undefined }
  | { readonly state: 'succeeded' }
  | { readonly state: 'failed'; readonly error: AzureOperationError };

const statusBodySchema = z.object({ status: z.string() });

/**
 * Looks once at a long-running operation through the URL that Azure gave for it, by the contract of every resource provider:
 * - `Azure-AsyncOperation` answers 200 with `status`; an error there means that the status could not be read, not that the operation failed;
 * - `Location` answers 202 while it runs and then what a synchronous call would have answered: an error there is the operation's own.
 *
 * Source: Azure/azure-resource-manager-rpc, v1.0/async-api-reference.md.
 *
 * @throws Error when the URL is not Resource Manager's (no token is sent there), or when the status could not be read.
 */
export const pollOperation = async (url: string): Promise<OperationState> => {
  const response = await getFromResourceManager(url);
  const { status: httpStatus, bodyAsText } = response;
  const { retryAfterSeconds } = currentExchange();
  const transient = httpStatus === 408 || httpStatus === 429 || httpStatus >= 500;
  if (transient) throw operationError(response);
  if (httpStatus >= 400) return { state: 'failed', error: operationError(response) };
  const status = statusOf(bodyAsText);
  if (status && /^(failed|cancell?ed)$/i.test(status)) return { state: 'failed', error: operationError(response) };
  if (httpStatus === 202 || (status && !/^succeeded$/i.test(status))) return { state: 'running', retryAfterSeconds };
  return { state: 'succeeded' };
};

const getFromResourceManager = (url: string): Promise<PipelineResponse> => {
  const cloud = currentCloud();
  if (new URL(url).origin !== new URL(cloud.resourceManager).origin) {
    throw new Error(`The operation's URL does not lead to ${cloud.resourceManager}: it is not followed.`);
  }
  return sendAuthorized('GET', url, resourceManagerScope(cloud));
};

const statusOf = (text: string | null | undefined): string | undefined => {
  try {
    return statusBodySchema.parse(JSON.parse(text ?? '')).status;
  } catch {
    return undefined;
  }
};

const operationError = ({ status, bodyAsText }: PipelineResponse): AzureOperationError => {
  const body = parseErrorBody(bodyAsText ?? undefined);
  const { correlationId, retryAfterSeconds } = currentExchange();
  return new AzureOperationError({
    code: body?.code ?? `HttpStatus${status}`,
    message: body?.message ?? `The operation's status answered HTTP ${status}.`,
    status: status >= 400 ? status : undefined,
    correlationId,
    retryAfterSeconds,
  });
};
