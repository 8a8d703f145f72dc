import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { DurableClient, HttpDurableClientHandler } from 'durable-functions';
import { redactSecrets } from '../deployment/redact-secrets.ts';
import { ProblemError } from './problem.ts';

/** What a handler of ours gets. */
export interface Call {
  readonly request: HttpRequest;
  readonly client: DurableClient;
  readonly context: InvocationContext;
}

/** Turns a handler's errors into problem documents: those meant for the caller as they are, all others as a 500 that says nothing inside. */
export const handle =
  (handler: (call: Call) => Promise<HttpResponseInit>): HttpDurableClientHandler =>
  async (request, client, context) => {
    try {
      return await handler({ request, client, context });
    } catch (error) {
      if (error instanceof ProblemError) return error.toResponse();
      context.error(redactSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error)));
      return new ProblemError(
        500,
        'internal-error',
        'The service failed',
        `The request was not carried out. The service's log has the reason under invocation ${context.invocationId}.`,
      ).toResponse();
    }
  };
