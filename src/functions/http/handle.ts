import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type Access, isOpen } from '../../callers/access.ts';
import type { Caller } from '../../callers/caller.ts';
import type { Role } from '../../callers/role.ts';
import type { RouteHandler } from '../../task-hub/register.ts';
import type { TaskHub } from '../../task-hub/task-hub.ts';
import { TaskHubUnavailableError } from '../../task-hub/task-hub-unavailable-error.ts';
import { logText } from '../../telemetry/log-text.ts';
import { refuseEncodedBody } from './checks/refuse-encoded-body.ts';
import { refuseLongRequest } from './checks/refuse-long-request.ts';
import type { Guard } from './guard.ts';
import { ProblemError } from './problem.ts';
import { refuseLargeBody } from './read-json-body.ts';

/** What a handler of ours gets. */
export interface Call {
  readonly request: HttpRequest;
  readonly hub: TaskHub;
  readonly context: InvocationContext;
  /** Who calls; undefined where callers are not told apart. */
  readonly caller: Caller | undefined;
  /** The roles one of which opens the route. */
  readonly needs: readonly Role[];
}

/** Who may call a route, and what makes sure of it. */
export interface Guarded {
  readonly guard: Guard;
  readonly access: Access;
}

/**
 * Lets in who may call, and turns a handler's errors into problem documents: those meant for the caller as they are, all others as a 500 that says nothing
 * inside.
 */
export const handle =
  (handler: (call: Call) => Promise<HttpResponseInit>, { guard, access }: Guarded): RouteHandler =>
  async (request, hub, context) => {
    try {
      refuseLongRequest(request);
      const caller = await guard(request, access);
      refuseEncodedBody(request);
      refuseLargeBody(request);
      return await handler({ request, hub, context, caller, needs: isOpen(access) ? [] : access });
    } catch (thrown) {
      const error = thrown instanceof TaskHubUnavailableError ? notStored(thrown) : thrown;
      if (error instanceof ProblemError) {
        // Nobody reads the answers of a service that refuses everybody.
        if (error.slug === 'misconfigured' || error.status === 503) context.error(reasonOf(error));
        return error.toResponse();
      }
      context.error(logText(error instanceof Error ? (error.stack ?? error.message) : String(error)));
      return new ProblemError(
        500,
        'internal-error',
        'The service failed',
        `The request was not carried out. The service's log has the reason under invocation ${context.invocationId}.`,
      ).toResponse();
    }
  };

/** Retried rather than failed: nothing is wrong with the request or with the service's code. */
const notStored = (cause: TaskHubUnavailableError): ProblemError =>
  new ProblemError(
    503,
    'task-hub-unavailable',
    'The request cannot be stored',
    'The storage of the service takes nothing now. Send the same request again: what of it was stored before stays, and is not done twice.',
    { headers: { 'Retry-After': `${RETRY_SECONDS}` }, cause },
  );

const RETRY_SECONDS = 10;

const reasonOf = ({ message, cause }: Error): string =>
  logText(
    cause instanceof Error
      ? `${message} ${cause.message}${cause.cause instanceof Error ? ` ${cause.cause.message}` : ''}`
      : message,
  );
