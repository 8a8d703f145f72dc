import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { LONGEST_WAIT_SECONDS } from '../deployment/driver/retry-policy.ts';
import { correlationIdOf } from './correlation-id.ts';

/**
 * A long-running operation's address, by one of two contracts: `status` (`Azure-AsyncOperation`) shows the operation, and an error there says only that it could
 * not be read; `result` (`Location`) answers in the end what a synchronous call would have, and an error there is the operation's own.
 */
export const operationSchema = z.object({ url: z.string(), kind: z.enum(['status', 'result']) });

export type Operation = z.infer<typeof operationSchema>;

/** The last answer that Azure gave in one activity: what the SDKs' errors leave out. */
export interface Exchange {
  status?: number;
  retryAfterSeconds?: number | undefined;
  correlationId?: string | undefined;
  /** Where a long-running operation shows its progress. */
  operation?: Operation | undefined;
  /** The body of an error answer; bodies of success may hold secrets and are never kept. */
  errorBody?: string | undefined;
  /** Whether a request of this activity may have changed something; stays true after later ones. */
  wrote?: true;
}

const storage = new AsyncLocalStorage<Exchange>();

/** Runs `action` with a box of its own for what {@link exchangePolicy} sees, though the clients are shared. */
export const recordExchange = <T>(exchange: Exchange, action: () => Promise<T>): Promise<T> =>
  storage.run(exchange, action);

/** The box of the running activity. */
export const currentExchange = (): Exchange => storage.getStore() ?? {};

/** Notes of every answer what a retry, a poll or an error report needs. */
export const exchangePolicy: PipelinePolicy = {
  name: 'exchangePolicy',
  async sendRequest(request, next) {
    const exchange = storage.getStore();
    if (exchange) forget(exchange);
    const response = await answered(next(request), () => {
      if (exchange && isWrite(request)) exchange.wrote = true;
    });
    if (exchange) {
      exchange.status = response.status;
      exchange.retryAfterSeconds = retryAfterSeconds(response.headers.get('retry-after'));
      exchange.correlationId = correlationIdOf(response.headers);
      exchange.operation = operationOf(response.headers.get('azure-asyncoperation'), response.headers.get('location'));
      exchange.errorBody = response.status >= 400 ? (response.bodyAsText ?? undefined) : undefined;
    }
    return response;
  },
};

/** Calls `took` unless the answer refuses the request: one that was lost may have taken effect, and one that timed out (408) too. */
const answered = async (answer: Promise<PipelineResponse>, took: () => void): Promise<PipelineResponse> => {
  try {
    const response = await answer;
    const refused = response.status >= 400 && response.status < 500 && response.status !== 408;
    if (!refused) took();
    return response;
  } catch (error) {
    took();
    throw error;
  }
};

/** POSTs that change nothing of a deployment: what lists, checks, or registers a provider, by the names of Resource Manager's actions. */
const HARMLESS_ACTION = /\/(list[A-Za-z]*|check[A-Za-z]*|register)(\?|$)/;

const isWrite = ({ method, url }: PipelineRequest): boolean =>
  method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && HARMLESS_ACTION.test(url));

const operationOf = (status: string | undefined, result: string | undefined): Operation | undefined => {
  if (status !== undefined) return { url: status, kind: 'status' };
  return result === undefined ? undefined : { url: result, kind: 'result' };
};

const forget = (exchange: Exchange): void => {
  for (const key of ['status', 'retryAfterSeconds', 'correlationId', 'operation', 'errorBody'] as const) {
    delete exchange[key];
  }
};

/**
 * Resource Manager sends whole seconds, never a date (Azure/azure-resource-manager-rpc, async-api-reference.md). A longer wait than an hour is taken for an
 * hour: it would otherwise use up the deadline of the step at once.
 */
const retryAfterSeconds = (header: string | undefined): number | undefined => {
  const seconds = Number(header);
  if (header === undefined || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(seconds, LONGEST_WAIT_SECONDS);
};

/** How long a request may take before it is given up; the SDKs have no limit of their own. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Gives every request a time limit. */
export const timeoutPolicy: PipelinePolicy = {
  name: 'timeoutPolicy',
  sendRequest(request, next) {
    request.timeout ||= REQUEST_TIMEOUT_MS;
    return next(request);
  },
};
