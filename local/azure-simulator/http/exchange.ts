import { StorageError } from '../../storage/storage-error.ts';
import { DURATIONS } from '../base/durations.ts';
import { at, type Json, valueAt } from '../base/json.ts';
import type { Cut, FaultAction } from '../state/faults.ts';
import type { World } from '../state/world.ts';
import type { Answer } from './answer.ts';
import { empty, json } from './answer.ts';
import { HttpError } from './http-error.ts';
import type { Incoming } from './incoming.ts';
import type { Plan, Plane } from './plane.ts';

/** The connection is cut instead of an answer. */
export const DROPPED = 'dropped';

/** What is answered, and how far the answer comes. */
export interface Answered {
  readonly answer: Answer;
  readonly headers: Record<string, string>;
  readonly cut?: Cut;
}

/**
 * One request from arrival to answer: faults, latency, then the service. The request is parked on the modelled clock for its latency before
 * anything is read or changed, so that effects become visible at the instant of the answer.
 */
export const exchange = async (world: World, plane: Plane, incoming: Incoming): Promise<Answered | typeof DROPPED> => {
  const arrivedAt = world.now();
  const fault = world.faults.strike(incoming.method, incoming.target);
  const record = (answer: Answer | typeof DROPPED, headers: Record<string, string> = {}): void =>
    world.journal.add({
      method: incoming.method,
      url: `https://${incoming.host}${incoming.target}`,
      status: answer === DROPPED ? null : answer.status,
      ...bodyOf(incoming),
      ...(answer !== DROPPED && codeOf(answer)),
      ...idsOf(headers),
      ...(incoming.headers['user-agent'] && { userAgent: incoming.headers['user-agent'] }),
      ...(incoming.authorizations.length > 0 && { authorizations: incoming.authorizations }),
      at: arrivedAt,
      durationMs: world.now() - arrivedAt,
    });
  // A server closes a connection that was idle for too long at the very moment at which the next request comes.
  if (fault && 'drop' in fault && fault.drop === 'idle') {
    record(DROPPED);
    return DROPPED;
  }
  try {
    const answer = await answerTo(world, plane, incoming, arrivedAt, fault);
    if (answer === DROPPED) {
      record(DROPPED);
      return DROPPED;
    }
    const headers = plane.headers(incoming);
    record(answer, headers);
    return { answer, headers, ...(fault && 'cut' in fault && { cut: fault.cut }) };
  } catch (error) {
    record(empty(error instanceof StorageError ? 503 : 500));
    throw error;
  }
};

const answerTo = async (
  world: World,
  plane: Plane,
  incoming: Incoming,
  arrivedAt: number,
  fault: FaultAction | undefined,
): Promise<Answer | typeof DROPPED> => {
  const extraMs = fault && 'delaySeconds' in fault ? fault.delaySeconds * 1000 : 0;
  const plan = guarded(plane, incoming, (): Plan => {
    world.settle();
    return plane.prepare(incoming, arrivedAt, fault);
  });
  const dropsAfter = fault !== undefined && 'drop' in fault && fault.drop === 'after';
  const refused = 'status' in plan;
  const seconds = refused ? DURATIONS.read : plan.seconds;
  await world.clock.sleep(world.durationMs(seconds, incoming.path, `latency of ${incoming.method}`) + extraMs);
  try {
    if (fault && 'drop' in fault && fault.drop === 'before') return DROPPED;
    if (fault && 'answer' in fault) return scripted(plane, incoming, fault.answer);
    if (refused) return dropsAfter ? DROPPED : plan;
    const answer = guarded(plane, incoming, () =>
      world.store.transaction(() => {
        world.settle();
        if (fault && 'failOperation' in fault && !plan.asynchronous) {
          const { code, message, status } = fault.failOperation;
          throw new HttpError(status ?? 409, code, message);
        }
        return plan.execute();
      }),
    );
    return dropsAfter ? DROPPED : answer;
  } finally {
    if (!refused) plan.release?.();
  }
};

const guarded = <T>(plane: Plane, incoming: Incoming, work: () => T): T | Answer => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const answer = plane.errorBody(error, incoming);
    return { ...answer, headers: { ...answer.headers, ...error.options.headers } };
  }
};

type ScriptedAnswer = Extract<FaultAction, { answer: unknown }>['answer'];

const scripted = (plane: Plane, incoming: Incoming, answer: ScriptedAnswer): Answer => {
  const headers = answer.headers ?? {};
  if (typeof answer.body === 'string') return { status: answer.status, headers, text: answer.body };
  if (answer.body !== undefined) return json(answer.status, answer.body, headers);
  const error = new HttpError(
    answer.status,
    answer.code ?? 'InternalServerError',
    answer.message ?? 'A scripted fault.',
  );
  return { ...plane.errorBody(error, incoming), headers };
};

const bodyOf = (incoming: Incoming): { body?: Json } => {
  if (incoming.text === '') return {};
  try {
    return { body: JSON.parse(incoming.text) };
  } catch {
    return { body: incoming.text };
  }
};

const idsOf = (headers: Readonly<Record<string, string>>): { requestId?: string; correlationId?: string } => {
  const { 'x-ms-request-id': requestId, 'x-ms-correlation-request-id': correlationId } = headers;
  return { ...(requestId !== undefined && { requestId }), ...(correlationId !== undefined && { correlationId }) };
};

const codeOf = (answer: Answer): { code?: string } => {
  if (answer.status < 400) return {};
  const { body, headers } = answer;
  const codes = [
    at(body, 'error', 'code'),
    at(body, 'error'),
    at(body, 'code'),
    valueAt(body, ['errors', 0, 'code']),
    headers?.['x-ms-error-code'],
  ];
  const code = codes.find((one) => typeof one === 'string');
  return typeof code === 'string' ? { code } : {};
};
