import { isRestError, RestError } from '@azure/core-rest-pipeline';
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
  /** True when the connection broke before there was an answer: see {@link ./connection-errors.ts}. */
  readonly unanswered?: true | undefined;
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
  const known = body?.code ?? codeOf(error);
  const unanswered = status === undefined && known !== undefined && known !== UNEXPECTED_ANSWER;
  return {
    code: known ?? (status === undefined ? 'Unknown' : `HttpStatus${status}`),
    message: messageOf(body, error, status),
    status,
    retryAfterSeconds: answered ? exchange.retryAfterSeconds : undefined,
    correlationId: answered ? exchange.correlationId : undefined,
    target: body?.details?.find(({ target }) => target)?.target ?? body?.target ?? undefined,
    ...(unanswered && { unanswered }),
  };
};

/** The code of an answer that could be parsed, but not understood. */
const UNEXPECTED_ANSWER = 'UnexpectedAnswer';

/** A chain of causes is followed so far: it may lead back to itself. */
const MAX_CAUSES = 8;

const codeOf = (error: unknown, depth = 0): string | undefined => {
  if (!(error instanceof Error) || depth > MAX_CAUSES) return undefined;
  if (credentialErrors.includes(error.name)) return 'CredentialUnavailable';
  if ('code' in error && typeof error.code === 'string') {
    // The request itself cannot be sent, such as one with a header that is none: a fault of the service.
    return /^(UND_)?ERR_(INVALID|UNESCAPED|METHOD|HTTP_INVALID)_/.test(error.code) ? UNEXPECTED_ANSWER : error.code;
  }
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'RequestTimeout';
  const inner = codeOf(error.cause, depth + 1);
  if (error instanceof SyntaxError) return inner ?? PARSE_ERROR;
  return inner ?? (error instanceof TypeError || error instanceof z.ZodError ? UNEXPECTED_ANSWER : undefined);
};

/** The SDKs' code of an answer that is not JSON to its end. */
const PARSE_ERROR = RestError.PARSE_ERROR;

/** What `@azure/identity` throws, without a code or a status, when no token can be had; most often the endpoint is busy. Below it is @azure/msal-node. */
const credentialErrors = [
  'CredentialUnavailableError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'AggregateAuthenticationError',
  'AuthError',
  'ClientAuthError',
  'ClientConfigurationError',
  'InteractionRequiredAuthError',
  'NetworkError',
  'ServerError',
];

const messageOf = (
  body: z.infer<typeof errorSchema> | undefined,
  error: unknown,
  status: number | undefined,
): string => {
  const inner = body?.details?.flatMap(({ message }) => (message && message !== body.message ? [message] : [])) ?? [];
  if (body?.message) return [body.message, ...inner].join(' ');
  // The SDKs' text holds the whole body: too long, and it may be a secret.
  if (isRestError(error) && error.code === PARSE_ERROR && status !== undefined) {
    return `Azure's answer (HTTP ${status}) could not be parsed.`;
  }
  return error instanceof Error ? error.message : String(error);
};
