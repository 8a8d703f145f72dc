import { isObject, numberOf, objectOf, parseJson } from '../json.ts';
import type { DurableHttpRequest } from './orchestrator-state.ts';
import type { ReplayContext } from './replay-context.ts';
import { type Coroutine, failed, type Outcome, outcomeOf } from './replay-task.ts';

/** The activity that the extension itself supplies for `callHttp`. */
export const HTTP_ACTIVITY = 'BuiltIn::HttpActivity';

/** The extension parses seconds as an int; what is none, or too large, throws there. */
const INT_MAX = 2 ** 31 - 1;

/**
 * DurableOrchestrationContext.CallHttpAsync: the request, and while the answer is 202 a timer and a GET of its Location. The host takes
 * the timer's id when the answer arrives and the request's when the timer fired.
 */
export function* durableHttp(
  context: ReplayContext,
  request: DurableHttpRequest,
  defaultSleepMs: number,
): Coroutine<Outcome> {
  let current = request;
  for (;;) {
    const outcome = yield* outcomeOf(context.scheduleActivity(HTTP_ACTIVITY, JSON.stringify([current])));
    if (!outcome.ok || !current.asynchronousPatternEnabled) return outcome;
    const response = outcome.value === null ? undefined : parseJson(outcome.value);
    if (!isObject(response) || numberOf(response, 'statusCode') !== 202) return outcome;
    const headers = objectOf(response, 'headers') ?? {};
    const retryAfter = headerOf(headers, 'retry-after');
    const seconds = retryAfter === undefined ? undefined : Number.parseInt(retryAfter, 10);
    if (seconds !== undefined && !(seconds <= INT_MAX)) return failed;
    yield* outcomeOf(context.scheduleTimer(context.now + (seconds === undefined ? defaultSleepMs : seconds * 1000)));
    const location = headerOf(headers, 'location');
    // The extension throws KeyNotFoundException here, inside a task whose failure nobody reads.
    if (location === undefined) return failed;
    const kept = Object.entries(current.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'x-functions-key');
    current = { ...current, method: 'GET', uri: location, content: undefined, headers: Object.fromEntries(kept) };
  }
}

const headerOf = (headers: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() !== name) continue;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : undefined;
  }
  return undefined;
};
