import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiAnswer, type ApiClient, deploymentPath } from './api-client.ts';
import { ApiError, isTransient, UnreachableError } from './api-error.ts';
import { type Status, statusSchema } from './status-schema.ts';

/** How long one request is held. Not the longest that the service allows: after it there is a line about what goes on. */
const WAIT_SECONDS = 10;
/** On top of that until the answer counts as lost. */
const GRACE_SECONDS = 20;
/** Between two requests, for a service that does not hold them. */
const SPACING_MS = 1_000;
const LONGEST_DELAY_SECONDS = 30;
/** How long a service may be away. */
const GIVE_UP_MS = 15 * 60 * 1000;

/** How to follow a deployment. */
export interface FollowOptions {
  /** Gets every answer; the same status again when nothing has changed. `now` is the service's time, ms since the epoch. */
  readonly onLook: (status: Status, now: number) => void;
  /** Gets what a person should know about the connection. */
  readonly say: (line: string) => void;
  readonly isOver: (status: Status) => boolean;
  readonly signal: AbortSignal;
  /** @see Context.pace */
  readonly pace: number;
}

/**
 * Follows a deployment until it is over: the service holds each request until something changes. A service that is away, restarts or is busy is asked
 * again, ever less often.
 *
 * @throws UnreachableError when it is away for a quarter of an hour, the signal's reason when that is given.
 */
export const followStatus = async (api: ApiClient, id: string, options: FollowOptions): Promise<Status> => {
  const { onLook, say, isOver, signal, pace } = options;
  let last: { readonly status: Status; readonly tag: string | undefined } | undefined;
  let failures = 0;
  let lastAnswerAt = performance.now();
  for (;;) {
    const begun = performance.now();
    try {
      const answer = await look(api, id, last?.tag, last !== undefined, signal);
      if (failures > 0) say('The service answers again.');
      failures = 0;
      lastAnswerAt = performance.now();
      if (answer.status !== 304 || !last) {
        last = { status: api.parse(statusSchema, answer.text), tag: answer.headers.get('etag') ?? undefined };
      }
      onLook(last.status, answer.serviceTime);
      if (isOver(last.status)) return last.status;
      await sleep(Math.max(0, SPACING_MS * pace - (performance.now() - begun)), undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!isTransient(error) || !(error instanceof Error)) throw error;
      if (performance.now() - lastAnswerAt > GIVE_UP_MS * pace) {
        throw new UnreachableError(`${withoutDot(error.message)}; it has been away for a quarter of an hour.`, error);
      }
      const delay = delayAfter(failures++, error);
      say(`${withoutDot(error.message)}. Trying again in ${delay}s...`);
      await sleep(delay * 1000 * pace, undefined, { signal });
    }
  }
};

const look = (
  api: ApiClient,
  id: string,
  tag: string | undefined,
  hold: boolean,
  signal: AbortSignal,
): Promise<ApiAnswer> =>
  api.send({
    path: deploymentPath(id),
    query: { wait: hold ? String(WAIT_SECONDS) : undefined },
    headers: tag === undefined ? {} : { 'if-none-match': tag },
    timeoutSeconds: WAIT_SECONDS + GRACE_SECONDS,
    signal,
  });

/** 1, 2, 4, … seconds, unless the service names a longer time. */
const delayAfter = (failures: number, error: Error): number => {
  const asked = error instanceof ApiError ? (error.retryAfter ?? 0) : 0;
  return Math.min(Math.max(2 ** failures, asked), LONGEST_DELAY_SECONDS);
};

const withoutDot = (text: string): string => text.replace(/\.$/, '');
