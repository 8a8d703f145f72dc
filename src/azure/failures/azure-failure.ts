import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import type { Exchange } from '../exchange.ts';

/** A failed request or operation in one shape, whichever SDK generation or body format reported it. */
export interface AzureFailure {
  /** Azure's code, or the network's (ECONNREFUSED, …), or `HttpStatus<N>`. */
  readonly code: string;
  readonly message: string;
  /** Absent when no answer came. */
  readonly status?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly correlationId?: string | undefined;
  /** The resource provider to register, for MissingSubscriptionRegistration. */
  readonly target?: string | undefined;
  /** What to do, where it names the resource itself; else the table of failures says it. */
  readonly remedy?: string | undefined;
}

/** An operation that Azure had accepted and that failed later, or an error that an activity found in an answer of success. */
export class AzureOperationError extends Error {
  override readonly name = 'AzureOperationError';
  readonly failure: AzureFailure;
  /** What the next attempt gets for `checkpoint`, if there is one: the operation that failed cannot be followed any further. */
  readonly checkpoint: string | undefined;

  constructor(failure: AzureFailure, checkpoint?: string) {
    super(`${failure.code}: ${failure.message}`);
    this.failure = failure;
    this.checkpoint = checkpoint;
  }
}

const detailSchema = z.object({
  code: z.string().nullish(),
  message: z.string().nullish(),
  target: z.string().nullish(),
});

const errorSchema = detailSchema.extend({ details: z.array(detailSchema).nullish() });

/** Resource Manager nests its errors in `error`; AKS answers them flat. */
const bodySchema = z.union([z.object({ error: errorSchema }).transform(({ error }) => error), errorSchema]);

/** Azure's error in the text of an answer; undefined when it holds none. */
export const parseErrorBody = (text: string | undefined): z.infer<typeof errorSchema> | undefined => {
  if (!text) return undefined;
  try {
    const parsed = bodySchema.safeParse(JSON.parse(text));
    return parsed.success && (parsed.data.code || parsed.data.message) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

/** Reads whatever an SDK threw, with what the exchange noted of the answer. */
export const toAzureFailure = (error: unknown, exchange: Exchange): AzureFailure => {
  if (error instanceof AzureOperationError) return error.failure;
  // The exchange may hold the answer to an earlier request, one that was expected to fail.
  const answered = isRestError(error) && error.statusCode !== undefined;
  const body = answered ? parseErrorBody(exchange.errorBody) : undefined;
  const status = isRestError(error) ? error.statusCode : undefined;
  return {
    code: body?.code ?? codeOf(error) ?? (status === undefined ? 'Unknown' : `HttpStatus${status}`),
    message: messageOf(body, error),
    status,
    retryAfterSeconds: answered ? exchange.retryAfterSeconds : undefined,
    correlationId: answered ? exchange.correlationId : undefined,
    target: body?.details?.find(({ target }) => target)?.target ?? body?.target ?? undefined,
  };
};

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (credentialErrors.includes(error.name)) return 'CredentialUnavailable';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'RequestTimeout';
  if (error instanceof TypeError || error instanceof SyntaxError || error instanceof z.ZodError) {
    return codeOf(error.cause) ?? 'UnexpectedAnswer';
  }
  return codeOf(error.cause);
};

/** What `@azure/identity` throws, without a code or a status, when no token can be had; most often the endpoint is busy. */
const credentialErrors = [
  'CredentialUnavailableError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'AggregateAuthenticationError',
];

const messageOf = (body: z.infer<typeof errorSchema> | undefined, error: unknown): string => {
  const inner = body?.details?.flatMap(({ message }) => (message && message !== body.message ? [message] : [])) ?? [];
  if (body?.message) return [body.message, ...inner].join(' ');
  return error instanceof Error ? error.message : String(error);
};
