import { setTimeout as sleep } from 'node:timers/promises';
import { isRestError, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline';
import { type AzureFailure, AzureOperationError, parseErrorBody, toAzureFailure } from './failures/azure-failure.ts';
import { mayPass } from './failures/may-pass.ts';
import { budgetLeft, tryLimit } from './read-budget.ts';

const FIRST_WAIT_MS = 250;
const MOST_TRIES = 6;

/**
 * Sends a read, and again if it fails in a way that passes, as long as the read budget of the running request lasts. Azure's Retry-After is kept to: if it
 * does not fit, the failure is final at once. Without a budget it sends once.
 *
 * @param send - given how long the try may take, in ms.
 */
export const retryRead = async (
  send: (limitMs: number | undefined) => Promise<PipelineResponse>,
): Promise<PipelineResponse> => {
  if (tryLimit() === undefined) return send(undefined);
  for (let tries = 1; ; tries++) {
    const outcome = await settle(send);
    const waitMs = waitAfter(outcome, tries);
    if (waitMs === undefined) {
      if ('error' in outcome) throw outcome.error;
      return outcome.response;
    }
    await sleep(waitMs);
  }
};

/** {@link retryRead} for the requests of a pipeline, with the token that each takes. */
export const readRetryPolicy: PipelinePolicy = {
  name: 'readRetryPolicy',
  sendRequest: (request, next) =>
    retryRead((limitMs) => {
      if (limitMs !== undefined) request.timeout = limitMs;
      return next(request);
    }),
};

type Outcome = { readonly response: PipelineResponse } | { readonly error: unknown };

const settle = async (send: (limitMs: number) => Promise<PipelineResponse>): Promise<Outcome> => {
  const limitMs = tryLimit() ?? 0;
  if (limitMs <= 0) return { error: tooLate() };
  const ending = new AbortController();
  try {
    // A token is waited for no longer than an answer.
    const late = sleep(limitMs, undefined, { signal: ending.signal }).then(() => Promise.reject(tooLate()));
    return { response: await Promise.race([send(limitMs), late]) };
  } catch (error) {
    return { error };
  } finally {
    ending.abort();
  }
};

const tooLate = (): AzureOperationError =>
  new AzureOperationError({ code: 'RequestTimeout', message: 'Azure did not answer within the time of the request.' });

/** How long to wait before the next try, in ms; undefined when there is none. */
const waitAfter = (outcome: Outcome, tries: number): number | undefined => {
  const failure = failureOf(outcome);
  const left = budgetLeft() ?? 0;
  if (!failure || tries >= MOST_TRIES || !(isUnanswered(outcome) || isWorthAnother(failure))) return undefined;
  const backoff = FIRST_WAIT_MS * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
  const waitMs = Math.max(backoff, (failure.retryAfterSeconds ?? 0) * 1000);
  return waitMs < left ? waitMs : undefined;
};

const failureOf = (outcome: Outcome): AzureFailure | undefined => {
  const response = 'response' in outcome ? outcome.response : responseOf(outcome.error);
  if (response) return response.status < 400 && 'response' in outcome ? undefined : answeredFailure(response);
  return 'error' in outcome ? toAzureFailure(outcome.error, {}) : undefined;
};

const responseOf = (error: unknown): PipelineResponse | undefined => (isRestError(error) ? error.response : undefined);

const answeredFailure = ({ status, headers, bodyAsText }: PipelineResponse): AzureFailure => {
  const body = parseErrorBody(bodyAsText ?? undefined);
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    code: body?.code ?? `HttpStatus${status}`,
    message: body?.message ?? '',
    status,
    retryAfterSeconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined,
  };
};

/** Whatever broke the connection: a read has no effect, so that it may be sent again. */
const isUnanswered = (outcome: Outcome): boolean =>
  'error' in outcome && isRestError(outcome.error) && outcome.error.statusCode === undefined;

/** An answer of success that could not be read was cut off. For a token `@azure/identity` has tried again by itself. */
const isWorthAnother = (failure: AzureFailure): boolean =>
  failure.code !== 'CredentialUnavailable' && (isCutOff(failure) || mayPass(failure));

const isCutOff = ({ status }: AzureFailure): boolean => status !== undefined && status < 400;
