import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { sendAuthorized } from './authorized-request.ts';
import { currentExchange, type Operation } from './exchange.ts';
import { AzureOperationError, parseErrorBody } from './failures/azure-failure.ts';
import { currentCloud, resourceManagerScope } from './settings/cloud.ts';

/** Where a long-running operation stands. */
export type OperationState =
  | { readonly state: 'running'; readonly retryAfterSeconds: number | undefined }
  | { readonly state: 'succeeded' }
  | { readonly state: 'unreadable' }
  | { readonly state: 'failed'; readonly error: AzureOperationError };

const statusBodySchema = z.object({ status: z.string() });

/**
 * Polls a long-running operation once, by the contract of every resource provider.
 * Source: Azure/azure-resource-manager-rpc, v1.0/async-api-reference.md.
 *
 * @throws Error when the URL is not Resource Manager's (no token is sent there), or when the operation could not be read this time.
 */
export const pollOperation = async ({ url, kind }: Operation): Promise<OperationState> => {
  const response = await getFromResourceManager(url);
  const { status: httpStatus, bodyAsText } = response;
  const { retryAfterSeconds } = currentExchange();
  const passing = httpStatus === 401 || httpStatus === 408 || httpStatus === 429 || httpStatus >= 500;
  if (passing) throw operationError(response);
  if (httpStatus >= 400) return kind === 'result' ? { state: 'failed', error: operationError(response) } : UNREADABLE;
  const status = statusOf(bodyAsText);
  if (status && /^(failed|cancell?ed)$/i.test(status)) return { state: 'failed', error: operationError(response) };
  if (httpStatus === 202 || (status && !/^succeeded$/i.test(status))) return { state: 'running', retryAfterSeconds };
  return { state: 'succeeded' };
};

/** Azure has forgotten the operation; what became of it, the resource itself must show. */
const UNREADABLE: OperationState = { state: 'unreadable' };

const getFromResourceManager = (url: string): Promise<PipelineResponse> => {
  const cloud = currentCloud();
  if (new URL(url).origin !== new URL(cloud.resourceManager).origin) {
    throw new Error(`The operation's URL does not lead to ${cloud.resourceManager}: it is not followed.`);
  }
  return sendAuthorized('GET', url, resourceManagerScope(cloud));
};

/** @throws SyntaxError for JSON that was cut off: it would pass for the answer of an operation that has ended. */
const statusOf = (text: string | null | undefined): string | undefined =>
  text?.trimStart().startsWith('{') ? statusBodySchema.safeParse(JSON.parse(text)).data?.status : undefined;

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
